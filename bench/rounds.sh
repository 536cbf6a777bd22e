# What bench/run and bench/gate share: building, and lines of program, what, threads, value and unit, with tabs in between.
# Needs here, the folder of this file, log, a file, and a function die.
. "$here/jdk.sh"

# build FOLDER: the command and benchmarks.jar of a checkout, as its files are now.
build() {
  (cd "$1" && mvn -q -B -ntp -Pbench -Dmaven.test.skip=true -pl cli,bench -am package && ./anneal --version) >>"$log" 2>&1 </dev/null
}

# bench FOLDER CLASS ARGUMENT...
bench() {
  local jar=$1/bench/target/benchmarks.jar class=$2
  shift 2
  "$jdk/bin/java" --add-modules jdk.incubator.vector -cp "$jar" "dev.anneal.bench.$class" "$@" 2>>"$log"
}

# Jiffies of all processors: what anybody used, another virtual machine included; what this script used; what has passed.
jiffies() {
  awk '
    FILENAME == "/proc/stat" && $1 == "cpu" { used = $2 + $3 + $4 + $7 + $8 + $9; passed = used + $5 + $6 }
    FILENAME != "/proc/stat" { own = $14 + $15 + $16 + $17 }
    END { print used, own, passed }' /proc/stat "/proc/$$/stat"
}

# round FILE COMMAND...: a file with what the command says, and how busy others kept the machine meanwhile. None if it has nothing
# to say.
round() {
  local file=$1 load before
  shift
  load=$(cut -d ' ' -f 1 /proc/loadavg)
  before=$(jiffies)
  "$@" >"$file.part" || return
  if [ ! -s "$file.part" ]; then
    rm "$file.part"
    return
  fi
  {
    echo "$before"
    jiffies
  } | awk -v load="$load" -v processors="$(getconf _NPROCESSORS_ONLN)" '
    NR == 1 { used = $1; own = $2; passed = $3 }
    END {
      others = processors * ($1 - used - ($2 - own)) / ($3 - passed)
      printf "machine\tload\t0\t%s\t\n", load
      printf "machine\tothers\t0\t%.3f\tprocessors\n", (others > 0 ? others : 0)
    }' >>"$file.part"
  mv "$file.part" "$file"
}

# process TIMES WHAT THREADS COMMAND...: processes from start to exit, by the clock and in seconds of processors.
process() {
  local times=$1 i TIMEFORMAT="anneal	$2	$3	%R	s
anneal	$2, cpu	$3	%U	%S"
  shift 3
  for ((i = 0; i < times; i++)); do
    { time "$@" >/dev/null 2>>"$log" </dev/null; } 2>&1 || exit
  done | awk -F '\t' -v OFS='\t' '$2 ~ /, cpu$/ { $4 += $5; $5 = "s" } { print }'
}

# ionosphere TIMES THREADS FOLDER: start, data, training, evaluation, results written.
ionosphere() {
  process "$1" "process ionosphere" "$2" "$3/anneal" train --data ionosphere --model 34-34-1 --batch 28 --epochs 50 \
    --optimizer 'sgd(0.1)' --threads "$2" --out "$here/target/ionosphere"
}
