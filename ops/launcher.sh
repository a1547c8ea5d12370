#!/bin/sh
# `thamrat`, runnable from any folder and after the project has moved.
exec "$(dirname "$(readlink -f "$0")")/python" -m ops.command "$@"
