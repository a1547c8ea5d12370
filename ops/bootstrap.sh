#!/bin/sh
# Makes the folders that the rest of the house runs in: .tools (uv), .venv, bot/.venv.
# `make` calls it with the name of one; it needs some Python 3 or a uv of your own.
set -eu
cd "$(dirname "$0")/.."
project=$(pwd)
export UV_NO_PROGRESS=1 PIP_DISABLE_PIP_VERSION_CHECK=1

# The exact uv of ops/uv.requirements, in .tools. The Python is looked for from outside
# of the project, because pyenv's `python3` reads our .python-version and refuses.
make_uv() {
    [ -x .tools/bin/uv ] && .tools/bin/uv --version >/dev/null 2>&1 &&
        [ .tools/.ready -nt ops/uv.requirements ] && return
    echo "[1/3] uv, which installs Python packages (a few seconds)"
    for python in python3 python3.13 python3.12 python3.11 python3.10 /usr/bin/python3; do
        if (cd / && "$python" -m venv --clear "$project/.tools") >/dev/null 2>&1 &&
            .tools/bin/python -m pip install -qq --require-hashes -r ops/uv.requirements
        then
            touch .tools/.ready
            return
        fi
    done
    if uv --version >/dev/null 2>&1; then
        mkdir -p .tools/bin
        ln -sf "$(command -v uv)" .tools/bin/uv
        touch .tools/.ready
        return
    fi
    echo "error: no Python 3 with venv and no uv were found, or uv could not be fetched." >&2
    echo "Install one, for example: apt-get install python3-venv" >&2
    exit 1
}

# make_environment <folder> <python version> <message>
make_environment() {
    echo "$3"
    uv="$project/.tools/bin/uv"
    (
        cd "$1"
        if ! [ -x .venv/bin/python ] || ! .venv/bin/python -c "" 2>/dev/null; then
            "$uv" venv --quiet --clear --relocatable --python "$2" .venv || {
                echo "error: Python $2 is neither installed nor could uv download it." >&2
                echo "Install it, for example: pyenv install $2, or apt-get install python$2" >&2
                exit 1
            }
        fi
        VIRTUAL_ENV="$(pwd)/.venv" "$uv" pip sync --quiet --require-hashes requirements.lock
    )
}

make_root() {
    make_environment . 3.12 "[2/3] the environment of gateway, actions and sandbox (about 20 s)"
    # The rooms are importable from anywhere, and the folder may be moved: no path in it.
    for packages in .venv/lib/python3.*/site-packages; do
        echo ../../../.. >"$packages/thamrat.pth"
    done
    cp ops/launcher.sh .venv/bin/thamrat
    chmod +x .venv/bin/thamrat
}

make_bot() {
    make_environment bot 3.10 "[3/3] the environment of Rasa (about 1 minute)"
}

for name in "$@"; do
    "make_$name"
done
