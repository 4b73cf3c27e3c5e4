# Two commands do everything on a fresh machine: `make demo` and `make test`.
# A clerk's environment (make demo, make app) has no torch; `make test` adds the rest to it.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
BASE   := $(VENV)/.base
DEV    := $(VENV)/.dev

.PHONY: demo test test-slow test-all app lint types install clean help

help:
	@echo "make demo      装好环境，建示例索引，起草示例提案，打印 .docx 在哪里"
	@echo "make test      装好环境，跑测试"
	@echo "make test-all  连同慢的检查一起跑"
	@echo "make test-slow 慢的和浏览器里的检查（CI 也跑）"
	@echo "make app       装好环境，打开网页（http://127.0.0.1:7860）"

$(BASE): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || \
	  { echo "需要 Python 3.10 或更新；可以用 make PYTHON=python3.11 指定"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "正在安装依赖（第一次要一两分钟）……"
	@$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[ocr]'
	@touch $(BASE)

$(DEV): $(BASE)
	@echo "正在安装测试要用的依赖（第一次要几分钟）……"
	@$(BIN)/python -m pip install --quiet torch==2.13.0
	@$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	@touch $(DEV)

install: $(DEV)

demo: $(BASE)
	@$(BIN)/replygen demo

test: $(DEV)
	@$(BIN)/python -m pytest -q -n 2

test-slow: $(DEV)
	@$(BIN)/python -m pytest -q -m '(slow or browser) and not heavy'

test-all: $(DEV)
	@$(BIN)/python -m pytest -q -m ''

app: $(BASE)
	@$(BIN)/replygen serve

lint: $(DEV)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(DEV)
	@$(BIN)/mypy

clean:
	rm -rf $(VENV) index out build dist *.egg-info
