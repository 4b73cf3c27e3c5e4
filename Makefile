# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: demo test test-all app lint types install clean help

help:
	@echo "make demo      装好环境，建示例索引，起草示例提案，打印 .docx 在哪里"
	@echo "make test      装好环境，跑测试"
	@echo "make test-all  连同慢的检查一起跑"
	@echo "make app       装好环境，打开网页（http://127.0.0.1:7860）"

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || \
	  { echo "需要 Python 3.10 或更新；可以用 make PYTHON=python3.11 指定"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "正在安装依赖（第一次要几分钟）……"
	@$(BIN)/python -m pip install --quiet torch==2.13.0
	@$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev,ocr]'
	@touch $(STAMP)

install: $(STAMP)

demo: $(STAMP)
	@$(BIN)/replygen demo

test: $(STAMP)
	@$(BIN)/python -m pytest -q

test-all: $(STAMP)
	@$(BIN)/python -m pytest -q -m ''

app: $(STAMP)
	@$(BIN)/replygen serve

lint: $(STAMP)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(STAMP)
	@$(BIN)/mypy

clean:
	rm -rf $(VENV) index out build dist *.egg-info
