// Audit: after the day, whether anything was lost, doubled or not printed. It believes the hall's
// log, its lists and the paper, and compares them with each other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "client/keys.h"
#include "protocol/error.h"
#include "protocol/hall.pb.h"

namespace hall::replay {

// What the hall says when asked.
struct Record {
    std::vector<protocol::EventRecord> events;
    std::vector<protocol::Ticket> tickets;
    std::vector<protocol::PrintJob> prints;
    // Names of the documents that the printer printed to the end; nothing: no folder was given.
    std::optional<std::vector<std::string>> papers;
};

struct Findings {
    std::size_t issued = 0;
    std::size_t called = 0;
    std::size_t missed = 0;
    std::size_t printed = 0;
    std::size_t papers = 0;
    std::size_t marked_reprints = 0;
    std::vector<int64_t> wait_ms;   // hall time, of those who were called: issue to first call
    std::vector<int64_t> print_ms;  // hall time: asked to printed
    std::vector<std::string> violations;  // sentences; empty when all is well
};

// Reads everything, after waiting until no print is pending any more (`patience_s` without any
// progress is the end of waiting).
tl::expected<Record, Error> read_record(const client::Server& server,
                                        const std::filesystem::path& paper_folder, int patience_s);

// Compares `numbers`, as they were answered, with the record.
Findings audit(const std::vector<std::string>& numbers, const Record& record);

// The print job that a document's file name tells ("3-nuanting-1577689200000-17.pdf" -> 17).
std::optional<uint64_t> job_of_paper(const std::string& file_name);

}  // namespace hall::replay
