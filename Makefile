# Every command of the project. `make up` and `make test` work from a fresh clone.
.DELETE_ON_ERROR:
.PHONY: help up test check train talk nlu-report format lock environments

export RASA_TELEMETRY_ENABLED = false
export PYTHONDONTWRITEBYTECODE =

thamrat = .venv/bin/thamrat
python = .venv/bin/python

help: ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile

up: environments ## run the whole house; prints the page's address; Ctrl-C stops it
	@exec $(thamrat) up

test: environments ## every test: rules, units, services, model, conversations, browser
	@exec $(python) -m ops.suite

check: environments ## ruff, formatting, types, house rules: seconds
	@exec $(python) -m ops.checks

train: environments ## train the model, unless nothing it learns from has changed
	@exec $(thamrat) train

talk: environments ## chat with the assistant in the terminal
	@exec $(thamrat) talk

nlu-report: environments ## measure understanding; writes docs/nlu-report.md
	@exec $(python) -m ops.nlu_report

format: environments ## put every Python file into the house's layout
	@$(python) -m ruff check --quiet --fix-only .
	@$(python) -m ruff format --quiet .

lock: .tools/.ready ## resolve both environments anew, after a pyproject.toml changed
	.tools/bin/uv pip compile --quiet --universal --generate-hashes --no-annotate \
		--python-version 3.12 --group dev pyproject.toml -o requirements.lock
	cd bot && ../.tools/bin/uv pip compile --quiet --universal --generate-hashes --no-annotate \
		--python-version 3.10 --group test pyproject.toml -o requirements.lock

# The environments, made when absent and brought up to date when a lock has changed.
environments: .venv/.ready bot/.venv/.ready

.tools/.ready: ops/uv.requirements
	@ops/bootstrap.sh uv

.venv/.ready: requirements.lock ops/launcher.sh ops/bootstrap.sh | .tools/.ready
	@ops/bootstrap.sh root
	@touch $@

bot/.venv/.ready: bot/requirements.lock ops/bootstrap.sh | .tools/.ready
	@ops/bootstrap.sh bot
	@touch $@
