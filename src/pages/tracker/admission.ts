/** OZG § 10: whoever sees who used their data is signed in at the level high. */
export const FOR_CITIZENS = { roles: ['citizen'], assurance: 'high' } as const;
