#include "progress.hpp"

#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <string>

namespace multivector {

namespace {

constexpr auto interval = std::chrono::milliseconds(200);

std::string clock_text(double seconds) {
    const auto whole = static_cast<long long>(std::ceil(seconds));
    char text[32];
    if (whole >= 3600)
        std::snprintf(text, sizeof text, "%lld:%02lld:%02lld", whole / 3600, whole / 60 % 60, whole % 60);
    else
        std::snprintf(text, sizeof text, "%lld:%02lld", whole / 60, whole % 60);
    return text;
}

}  // namespace

ProgressStyle progress_style(bool quiet) {
    if (quiet) return ProgressStyle::silent;
    return isatty(STDERR_FILENO) ? ProgressStyle::bar : ProgressStyle::lines;
}

Progress::Progress(std::ostream& out, ProgressStyle style, std::uint64_t total, Clock::time_point start)
    : out_(out), style_(style), total_(total), start_(start), last_(start) {}

Progress::~Progress() {
    if (style_ == ProgressStyle::bar && drawn_) out_ << '\n' << std::flush;
}

void Progress::update(std::uint64_t done, Clock::time_point now) {
    if (style_ == ProgressStyle::silent || (done < total_ && now - last_ < interval)) return;
    last_ = now;
    const double seconds = std::chrono::duration<double>(now - start_).count();
    const double left =
        done <= before_ ? 0 : seconds * static_cast<double>(total_ - done) / static_cast<double>(done - before_);
    if (style_ == ProgressStyle::bar)
        draw_bar(done, left);
    else
        write_line(done, seconds, left);
    drawn_ = true;
}

void Progress::draw_bar(std::uint64_t done, double seconds_left) {
    constexpr std::uint64_t width = 40;
    const std::size_t filled = static_cast<std::size_t>(total_ == 0 ? width : width * done / total_);
    out_ << "\r[" << std::string(filled, '#') << std::string(width - filled, '.') << "] " << done << '/' << total_
         << "  " << clock_text(seconds_left) << " left   " << std::flush;
}

void Progress::write_line(std::uint64_t done, double seconds, double seconds_left) {
    char text[160];
    std::snprintf(text, sizeof text, "{\"done\":%llu,\"total\":%llu,\"seconds\":%.1f,\"seconds_left\":%.1f}",
                  static_cast<unsigned long long>(done), static_cast<unsigned long long>(total_), seconds,
                  seconds_left);
    out_ << text << std::endl;
}

}  // namespace multivector
