// A result file with every table, written by the command, for tests that damage it.
#pragma once

#include <doctest/doctest.h>

#include "answer.hpp"
#include "hdf5_reader.hpp"
#include "result_files.hpp"

namespace multivector {

/// A few realisations of the minimal scenario.
struct Recorded {
    explicit Recorded(const std::string& record = "full") {
        const Answer run = answer({"run", MULTIVECTOR_SOURCE "/scenarios/minimal.yaml", "-n", "3", "--seed", "11",
                                   "--record", record, "-o", file.string(), "--quiet"});
        REQUIRE_MESSAGE(run.code == done, run.err);
    }
    Answer exported() const { return answer({"export", file.string(), "--csv", "-o", csv.string(), "--quiet"}); }

    Folder folder;
    std::filesystem::path file = folder.path / "damaged.h5", csv = folder.path / "tables";
};

/// To be changed.
inline hdf5::Handle opened(const std::filesystem::path& path) {
    return {H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose, "cannot open"};
}

}  // namespace multivector
