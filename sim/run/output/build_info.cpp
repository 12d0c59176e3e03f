#include "build_info.hpp"

#include <hdf5.h>
#include <openssl/crypto.h>

#include <Eigen/Core>
#include <boost/version.hpp>

#include "provenance.hpp"

namespace multivector {

namespace {

std::string dotted(unsigned major, unsigned minor, unsigned patch) {
    return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

std::string libraries() {
    unsigned major = 0, minor = 0, patch = 0;
    H5get_libversion(&major, &minor, &patch);
    return "HDF5 " + dotted(major, minor, patch) + ", Eigen " +
           dotted(EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION) + ", Boost " +
           dotted(BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100) + ", yaml-cpp " +
           std::string(provenance::yaml_cpp) + ", OpenSSL " + OpenSSL_version(OPENSSL_VERSION_STRING);
}

}  // namespace

BuildInfo build_info() {
    return {std::string(provenance::version),  std::string(provenance::commit),      provenance::dirty,
            std::string(provenance::compiler), std::string(provenance::build_flags), libraries()};
}

std::string program_name() {
    const BuildInfo info = build_info();
    return "multivector " + info.version + " (commit " + info.commit.substr(0, 12) + (info.dirty ? ", modified)" : ")");
}

}  // namespace multivector
