// Original file: einmal/broker/v1/catalogue_service.proto

/**
 * What became of a proposal.
 */
export const CatalogueProposalState = {
  /**
   * Never sent.
   */
  CATALOGUE_PROPOSAL_STATE_UNSPECIFIED: 'CATALOGUE_PROPOSAL_STATE_UNSPECIFIED',
  /**
   * Nobody has decided.
   */
  CATALOGUE_PROPOSAL_STATE_PROPOSED: 'CATALOGUE_PROPOSAL_STATE_PROPOSED',
  /**
   * Approved, and not due yet.
   */
  CATALOGUE_PROPOSAL_STATE_APPROVED: 'CATALOGUE_PROPOSAL_STATE_APPROVED',
  /**
   * Rejected, or taken back.
   */
  CATALOGUE_PROPOSAL_STATE_REJECTED: 'CATALOGUE_PROPOSAL_STATE_REJECTED',
  /**
   * It came into force; whether it still is, `activations` says.
   */
  CATALOGUE_PROPOSAL_STATE_ACTIVATED: 'CATALOGUE_PROPOSAL_STATE_ACTIVATED',
  /**
   * Another version came into force first: this one would take that back.
   */
  CATALOGUE_PROPOSAL_STATE_LAPSED: 'CATALOGUE_PROPOSAL_STATE_LAPSED',
} as const;

/**
 * What became of a proposal.
 */
export type CatalogueProposalState =
  /**
   * Never sent.
   */
  | 'CATALOGUE_PROPOSAL_STATE_UNSPECIFIED'
  | 0
  /**
   * Nobody has decided.
   */
  | 'CATALOGUE_PROPOSAL_STATE_PROPOSED'
  | 1
  /**
   * Approved, and not due yet.
   */
  | 'CATALOGUE_PROPOSAL_STATE_APPROVED'
  | 2
  /**
   * Rejected, or taken back.
   */
  | 'CATALOGUE_PROPOSAL_STATE_REJECTED'
  | 3
  /**
   * It came into force; whether it still is, `activations` says.
   */
  | 'CATALOGUE_PROPOSAL_STATE_ACTIVATED'
  | 4
  /**
   * Another version came into force first: this one would take that back.
   */
  | 'CATALOGUE_PROPOSAL_STATE_LAPSED'
  | 5

/**
 * What became of a proposal.
 */
export type CatalogueProposalState__Output = typeof CatalogueProposalState[keyof typeof CatalogueProposalState]
