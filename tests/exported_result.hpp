// A result file and its export, for tests.
#pragma once

#include "answer.hpp"
#include "reading.hpp"
#include "result_files.hpp"

namespace multivector {

inline RunOrigin export_origin(const Scenario& scenario, Record record, std::uint32_t count = 6) {
    RunOrigin origin = small_origin(record);
    origin.resolved = resolved_text(scenario, {});
    origin.count = count;
    return origin;
}

/// A result file and where its tables go.
struct ExportedResult {
    explicit ExportedResult(const Scenario& scenario, Record record = Record::full, std::uint32_t count = 6) {
        write_result(file, prepare(scenario), export_origin(scenario, record, count));
    }
    Answer exported(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words{"export", "--quiet", file.string(), "--csv", "-o", csv.string()};
        words.insert(words.end(), more.begin(), more.end());
        return answer(words);
    }
    Folder folder;
    std::filesystem::path file = folder.path / "a.h5", csv = folder.path / "tables";
};

}  // namespace multivector
