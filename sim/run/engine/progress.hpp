// How far a run is, on standard error: a bar with the time left on a terminal, JSON lines on a pipe, nothing when
// quiet.
#pragma once

#include <chrono>
#include <cstdint>
#include <ostream>

namespace multivector {

enum class ProgressStyle : std::uint8_t { silent, bar, lines };

/// Bar when standard error is a terminal, lines when it is not, silent when quiet.
ProgressStyle progress_style(bool quiet);

/// Writes at most five updates a second, and always the last one. A line is
/// {"done":40,"total":100,"seconds":1.2,"seconds_left":1.8}.
class Progress {
 public:
    using Clock = std::chrono::steady_clock;

    Progress(std::ostream& out, ProgressStyle style, std::uint64_t total, Clock::time_point start = Clock::now());
    ~Progress();  ///< leaves the cursor on a fresh line
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// That many were done before the start: they say nothing about the time left.
    void resume_at(std::uint64_t done) { before_ = done; }
    /// Takes another total for the old one, where it can only be guessed.
    void expect(std::uint64_t total) { total_ = total; }
    void update(std::uint64_t done, Clock::time_point now = Clock::now());

 private:
    void draw_bar(std::uint64_t done, double seconds_left);
    void write_line(std::uint64_t done, double seconds, double seconds_left);

    std::ostream& out_;
    ProgressStyle style_;
    std::uint64_t total_, before_ = 0;
    Clock::time_point start_, last_;
    bool drawn_ = false;
};

}  // namespace multivector
