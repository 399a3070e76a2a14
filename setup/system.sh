#!/usr/bin/env bash
# Is all that the system must give here? `setup/system.sh run|test` installs what is missing (root, Debian) or says the command and stops.
set -euo pipefail
python=${PYTHON:-python3}
missing=()

if ! command -v "$python" >/dev/null; then
  missing+=(python3 python3-venv)
else
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên; máy này có $("$python" --version)." >&2; exit 1; }
  "$python" -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
fi
command -v tesseract >/dev/null || missing+=(tesseract-ocr)
tesseract --list-langs 2>/dev/null | grep -qx vie || missing+=(tesseract-ocr-vie)
if [ "${1:-run}" = test ]; then
  command -v chromium >/dev/null || missing+=(chromium)
  [ -n "$(find /usr/share/fonts -name 'LiberationSerif-Regular*' -print -quit 2>/dev/null)" ] || missing+=(fonts-liberation)
  [ -n "$(find /lib/ /usr/lib/ -name libatomic.so.1 -print -quit 2>/dev/null)" ] || missing+=(libatomic1) # the browser's driver needs it
fi
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Cài gói hệ thống: ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
else
  echo "Thiếu gói hệ thống: ${missing[*]}. Đề nghị người quản trị máy chạy lệnh sau rồi làm lại:" >&2
  echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
  exit 1
fi
