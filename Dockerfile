# syntax=docker/dockerfile:1
# docker build -t sanggar .
# docker run -p 8080:8080 -v sanggar:/data sanggar

FROM rust:1.95-slim-bookworm AS build
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
COPY entity entity
COPY migration migration
COPY src src
COPY locales locales
COPY templates templates
COPY assets assets
# The caches outlive a build, so the program is copied out of them.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked --bin sanggar \
    && cp target/release/sanggar /usr/local/bin/sanggar \
    && mkdir -p /data

FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="Sanggar" \
      org.opencontainers.image.description="The open registry of teachers' professional learning" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"
COPY --from=build /usr/local/bin/sanggar /usr/local/bin/sanggar
COPY --from=build --chown=10001:10001 /data /data
# Listening on every address is right inside a container; SANGGAR_PUBLIC_URL is how the outside names it.
ENV SANGGAR_LISTEN=0.0.0.0:8080 \
    SANGGAR_DATA_DIR=/data \
    SANGGAR_LOG_FORMAT=json
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["sanggar", "healthcheck"]
ENTRYPOINT ["sanggar"]
CMD ["serve"]
