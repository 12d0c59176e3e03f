#include "setting_reader.hpp"

#include "input_error.hpp"

namespace multivector {

PreparedScenario load_and_prepare(const std::filesystem::path& file, const std::vector<std::string>& sets) {
    LoadedScenario loaded = load_scenario(file, sets);
    try {
        Setting setting = prepare(loaded.scenario);
        return {std::move(loaded), std::move(setting)};
    } catch (const std::invalid_argument& error) {
        throw InputError(file.string(), 0, 0, error.what());
    }
}

}  // namespace multivector
