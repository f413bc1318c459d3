#!/bin/sh
# sh install.sh demo   makes a virtual environment in .venv, installs minex there, and runs the demonstration
# sh install.sh test   the same with what the tests need, and runs them
# sh install.sh        only installs
set -eu
cd "$(dirname "$0")"

task=${1:-}
case "$task" in
    "" | demo | test) ;;
    *) echo "usage: sh install.sh [demo|test]" >&2; exit 2 ;;
esac

# scispaCy needs Python below 3.13; say so before pip does.
fits='import sys; sys.exit(not (3, 10) <= sys.version_info[:2] < (3, 13))'
python=
for name in "${PYTHON:-}" python3.12 python3.11 python3.10 python3 python; do
    [ -n "$name" ] || continue
    if "$name" -c "$fits" >/dev/null 2>&1; then python=$name; break; fi
done
if [ -z "$python" ]; then
    found=$(python3 --version 2>&1 || python --version 2>&1 || echo "no Python")
    echo "minex needs Python 3.10, 3.11 or 3.12, and this machine's is: $found" >&2
    echo "Install one of them (apt install python3.12-venv, brew install python@3.12, conda create -n minex python=3.12)" >&2
    echo "and run this again; if it is not on the PATH: PYTHON=/path/to/python3.12 sh install.sh $task" >&2
    exit 2
fi

if ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
    echo "$python cannot make virtual environments: install its venv package (apt install python3-venv) and run this again" >&2
    exit 2
fi

# An environment that was left half-made, or made by another Python, is made anew.
if ! .venv/bin/python -c "import pip; $fits" >/dev/null 2>&1; then
    echo "making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
fi

pip() { .venv/bin/python -m pip --disable-pip-version-check "$@"; }
echo "installing minex and what it needs (a minute or two the first time)"
case "$task" in
    test)
        pip install --quiet --editable '.[test]'
        exec .venv/bin/python -m pytest -n 2 -q
        ;;
    *)
        pip install --quiet .
        if [ "$task" = demo ]; then
            .venv/bin/minex demo
            echo
            echo "First, so that your shell finds minex: . $PWD/.venv/bin/activate"
        fi
        echo "done: .venv/bin/minex --help"
        ;;
esac
