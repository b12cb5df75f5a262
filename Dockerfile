FROM node:24-slim AS graphiql

WORKDIR /src/graphiql
COPY graphiql/package.json graphiql/package-lock.json graphiql/.npmrc ./
RUN npm ci
COPY graphiql .
RUN node build.mjs


# The official image's interpreter is built with its profile (PGO), which takes 15 to 24 percent less CPU
# for each request than one that a distribution or pyenv builds without.
FROM python:3.13-slim AS builder

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_ROOT_USER_ACTION=ignore

WORKDIR /src
RUN python -m venv --without-pip /opt/manifold

COPY requirements.lock requirements-build.lock ./
RUN pip --python /opt/manifold install --require-hashes --requirement requirements.lock \
    && pip install --require-hashes --requirement requirements-build.lock

COPY pyproject.toml README.md LICENSE ./
COPY resolvers resolvers
COPY schema schema
COPY gateway gateway
COPY --from=graphiql /src/gateway/explorer/static gateway/explorer/static
RUN pip wheel --no-deps --no-build-isolation --wheel-dir /wheel . \
    && pip --python /opt/manifold install --no-deps /wheel/*.whl


FROM python:3.13-slim

RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin manifold
COPY --from=builder /opt/manifold /opt/manifold
# pip compiles what it installs, but the image has Python's own library uncompiled, and whoever runs the
# gateway can write nothing there: what is not compiled here is compiled at every start.
RUN /opt/manifold/bin/manifold schema > /dev/null

ENV PATH=/opt/manifold/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

USER manifold
WORKDIR /etc/manifold
EXPOSE 8000

HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=3 \
    CMD ["python", "-c", "from os import environ; from urllib.request import ProxyHandler, build_opener; build_opener(ProxyHandler({})).open('http://127.0.0.1:' + environ.get('MANIFOLD_PORT', '8000') + '/readyz', timeout=4)"]

ENTRYPOINT ["manifold"]
CMD ["serve", "--host", "0.0.0.0"]
