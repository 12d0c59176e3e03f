# A Slurm cluster of its own on this machine, without systemd: munged, slurmctld and a slurmd for each node, on free
# ports, with everything in one folder. To be sourced: start_cluster FOLDER NODES, stop_cluster FOLDER.

# As many free ports as asked for, which follow each other.
free_ports() {
  local count=$1 first port
  for ((first = 20000 + RANDOM % 9000; first < 32000; first += count)); do
    for ((port = first; port < first + count; port++)); do
      ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || continue 2
    done
    echo "$first"
    return
  done
  return 1
}

# slurmd is called by names of nodes that are no hosts: all are this one.
write_slurm_conf() {
  local folder=$1 nodes=$2 port=$3
  cat >"$folder/slurm.conf" <<END
ClusterName=test
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmctldPort=$port
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket,cred_expire=5
CryptoType=crypto/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
ReturnToService=2
SlurmdParameters=config_overrides
SchedulerParameters=sched_min_interval=0,batch_sched_delay=0
KillWait=3
MinJobAge=10
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool.%n
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.%n.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.%n.log
NodeName=n[1-$nodes] NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=[$((port + 1))-$((port + nodes))] CPUs=1
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
}

start_munge() {
  local folder=$1/munge as_munge=()
  mkdir "$folder"
  head -c 1024 /dev/urandom >"$folder/key"
  chmod 600 "$folder/key"
  if [ "$(id -u)" = 0 ]; then
    chown -R munge:munge "$folder"
    as_munge=(setpriv --reuid=munge --regid=munge --clear-groups)
  fi
  "${as_munge[@]}" "$(PATH=$PATH:/usr/sbin command -v munged)" --force --key-file="$folder/key" --socket="$folder/socket" \
    --pid-file="$folder/pid" --log-file="$folder/log" --seed-file="$folder/seed" 2>>"$1/start.log"
}

start_cluster() {
  local folder=$1 nodes=$2 port node
  local PATH=$PATH:/usr/sbin
  port=$(free_ports $((nodes + 1))) || return 1
  mkdir -p "$folder/state"
  write_slurm_conf "$folder" "$nodes" "$port"
  export SLURM_CONF=$folder/slurm.conf
  start_munge "$folder" || return 1
  slurmctld -f "$SLURM_CONF" 2>>"$folder/start.log" || return 1
  for ((node = 1; node <= nodes; node++)); do
    mkdir "$folder/spool.n$node"
    slurmd -N "n$node" -f "$SLURM_CONF" 2>>"$folder/start.log" || return 1
  done
  for _ in $(seq 200); do
    [ "$(sinfo --noheader --Node --format=%t 2>/dev/null | grep -c '^idle$')" = "$nodes" ] && return
    sleep 0.1
  done
  return 1
}

# Every process that was started with the cluster's configuration, jobs among them; each by its number.
stop_cluster() {
  local folder=$1 process
  scontrol shutdown 2>/dev/null
  sleep 1
  for process in $(grep -lzsF "SLURM_CONF=$folder/slurm.conf" /proc/[0-9]*/environ | cut -d/ -f3); do
    [ "$process" = "$$" ] || [ "$process" = "$BASHPID" ] || kill -KILL "$process" 2>/dev/null
  done
  [ ! -s "$folder/munge/pid" ] || kill "$(cat "$folder/munge/pid")" 2>/dev/null
  return 0
}
