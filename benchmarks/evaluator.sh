#!/usr/bin/env bash
# Measures whole evaluations per second on one core; builds first.
#
# usage: evaluator.sh [JMH OPTIONS]     such as: -f 1 -wi 2 -i 3, or -prof gc, or -h for all
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

(cd "$here/.." && mvn -q -B -ntp -DskipTests -Dspotless.check.skip=true -pl benchmarks -am package)
echo "machine: $(nproc) x $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1); load: $(cut -d' ' -f1-3 /proc/loadavg)"
exec "$java" -cp "$here/target/classes:$here/target/lib/*" org.openjdk.jmh.Main EvaluatorBenchmark -rf text -rff "$here/target/evaluator.txt" "$@"
