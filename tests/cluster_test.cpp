// How many shards a sweep on a cluster gets, and what stands in its scripts. cluster.sh and slurm.sh run them.
#include <doctest/doctest.h>

#include "cluster.hpp"
#include "cluster_scripts.hpp"

namespace multivector {

namespace {

bool has_line(const std::string& text, const std::string& line) {
    return text.find("\n" + line + "\n") != std::string::npos;
}

ClusterSweep small_sweep() {
    ClusterSweep sweep;
    sweep.folder = "/a b/r.h5.shards", sweep.program = "/bin/it's", sweep.design = "/a b/d.yaml";
    sweep.output = "/a b/r.h5";
    sweep.shards = 12;
    sweep.options = {"-n", "5", "--seed", "0x1"};
    return sweep;
}

}  // namespace

TEST_CASE("a task lasts about ten minutes, unless there are too few realisations or too many tasks") {
    CHECK(shards_for(1, 1000, 1000) == 1);
    CHECK(shards_for(600, 1000, 1000) == 1);
    CHECK(shards_for(601, 1000, 1000) == 2);
    CHECK(shards_for(6000, 1000, 1000) == 10);
    CHECK(shards_for(6000, 3, 1000) == 3);
    CHECK(shards_for(1e9, 1e6, 1000) == 1000);
    CHECK(shards_for(1, 25e6, 1000) == 3);  // a file holds ten million
}

TEST_CASE("the scripts hold the settings, quoted where a shell needs it, in place of those of the example") {
    const ClusterSweep sweep = small_sweep();
    for (const std::string& script : {array_script(sweep), merge_script(sweep)}) {
        CHECK(script.starts_with("#!/usr/bin/env bash\n"));
        CHECK(has_line(script, "shards=12"));
        CHECK(has_line(script, "folder='/a b/r.h5.shards'"));
        CHECK(has_line(script, "program='/bin/it'\\''s'"));
        CHECK(has_line(script, "design='/a b/d.yaml'"));
        CHECK(has_line(script, "options=(-n 5 --seed 0x1)"));
        CHECK(script.rfind("\n#SBATCH") < script.find("\nshards="));  // sbatch reads no further than the first command
        CHECK(script.find("design=design.yaml") == std::string::npos);
    }
    CHECK(has_line(array_script(sweep), "#SBATCH --array=1-12"));
    CHECK(has_line(merge_script(sweep), "output='/a b/r.h5'"));
}

TEST_CASE("what the user tells Slurm stands before what a sweep needs, so that it cannot undo that") {
    ClusterSweep sweep = small_sweep();
    sweep.slurm = "--time=30 --output=x";
    sweep.threads = 4, sweep.at_once = 5;
    const std::string script = array_script(sweep);
    CHECK(has_line(script,
                   "#SBATCH --time=30 --output=x\n#SBATCH --cpus-per-task=4\n#SBATCH --array=1-12%5\n#SBATCH "
                   "--output=log/%a.log"));
    CHECK(has_line(merge_script(sweep), "#SBATCH --time=30 --output=x\n#SBATCH --output=log/merge.log"));
}

}  // namespace multivector
