#include "left_out.hpp"

namespace multivector {

void say_what_is_left_out(std::ostream& err, const ResultFile& file) {
    if (file.shard())
        throw InputError(file.name(), 0, 0,
                         "is shard " + file.shard()->text() + " of a sweep; merge it with the others first");
    const auto note = [&](std::size_t count, const char* what) {
        if (count > 0)
            err << "note: " << file.name() << ": " << count << " of " << file.replications().size()
                << " realisations are left out: " << what << '\n';
    };
    note(file.failures().size(), "they failed, and are listed in its /failures");
    note(file.missing(), "no merged file had them");
}

}  // namespace multivector
