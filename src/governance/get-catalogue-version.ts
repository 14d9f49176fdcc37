import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { VersionFiles } from '../catalogue/load-catalogue.js';
import type { Caller } from '../platform/caller.js';
import { refusal } from '../platform/fault.js';
import { AdministratorDesk } from './administrator-desk.js';
import { CatalogueHistory } from './catalogue-history.js';

/** The files of a version, as they were written; of the one in force without `version`. */
export class GetCatalogueVersion extends Query<Readonly<{ version: string; files: VersionFiles }>> {
  constructor(
    readonly call: Readonly<{ caller: Caller; sessionToken: string }>,
    readonly version: string,
  ) {
    super();
  }
}

@QueryHandler(GetCatalogueVersion)
export class GetCatalogueVersionHandler implements IQueryHandler<GetCatalogueVersion> {
  constructor(
    private readonly administrators: AdministratorDesk,
    private readonly history: CatalogueHistory,
  ) {}

  async execute({ call, version: asked }: GetCatalogueVersion) {
    await this.administrators.acceptReader(call);
    const version = asked === '' ? (await this.history.inForce())?.version : asked;
    const files = version === undefined ? undefined : await this.history.filesOf(version);
    if (version === undefined || files === undefined) throw refusal('NOT_FOUND');
    return { version, files };
  }
}
