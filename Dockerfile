# Parallax in a container: `docker compose up --build`.
FROM node:22-slim AS player
WORKDIR /assets
COPY assets/package.json assets/package-lock.json assets/.npmrc ./
RUN npm ci
COPY assets ./
RUN node build.mjs

FROM python:3.11-slim
# A further index for pip; one with torch built for CPUs keeps gigabytes of CUDA out of the image.
ARG PIP_EXTRA_INDEX_URL
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /parallax
COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt
RUN useradd --create-home parallax && install -d -o parallax /data /opt/parallax
USER parallax

# The model stays outside /data, so that a new image brings its own.
COPY components/__init__.py components/
COPY components/core components/core
COPY components/models components/models
RUN PARALLAX_DATA=/opt/parallax PIP_NO_CACHE_DIR=1 python -m components.models.bundled.prepare_bundled

COPY . ./
COPY --from=player /assets/dist assets/dist
# From outside of the container it is reached with the passphrase that its log shows, or one in PARALLAX_PASSPHRASE.
ENV PARALLAX_DATA=/data HF_HOME=/data/hub PARALLAX_SHARE=1
VOLUME /data
EXPOSE 8501
HEALTHCHECK --start-period=30s \
    CMD ["python", "-c", "from components.server.start import is_server_up; raise SystemExit(not is_server_up(8501))"]
CMD ["sh", "-c", "mkdir -p /data/models && ln -sfn /opt/parallax/models/* /data/models/ && exec python -m components.server.start 8501"]
