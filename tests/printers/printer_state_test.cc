#include "printers/spooler/printer_state.h"

#include <gtest/gtest.h>

namespace hall::printers::spooler {
namespace {

constexpr int kIdle = 3;
constexpr int kStopped = 5;

TEST(PrinterStateWords, SeverityEndingsDoNotHideAKnownReason) {
    for (const char* ending : {"", "-report", "-warning", "-error"}) {
        EXPECT_EQ(state_from(kIdle, {std::string("media-empty") + ending}).condition,
                  Condition::paper_out);
        EXPECT_EQ(state_from(kIdle, {std::string("cover-open") + ending}).condition,
                  Condition::cover_open);
        EXPECT_EQ(state_from(kIdle, {std::string("media-low") + ending}).condition,
                  Condition::paper_low);
        EXPECT_EQ(state_from(kIdle, {std::string("media-jam") + ending}).condition,
                  Condition::jammed);
    }
}

TEST(PrinterStateWords, WhatAPersonMustDoFirstWins) {
    EXPECT_EQ(state_from(kStopped, {"media-low-warning", "media-empty-error", "cover-open-error"})
                  .condition,
              Condition::cover_open);
    EXPECT_EQ(state_from(kStopped, {"media-empty"}).condition, Condition::paper_out);
}

TEST(PrinterStateWords, UnknownReasonsStopPrintingOnlyWhenTheyAreErrors) {
    EXPECT_EQ(state_from(kIdle, {"toner-low-warning", "cups-insecure-filter-warning"}).condition,
              Condition::ok);
    EXPECT_EQ(state_from(kIdle, {"fuser-over-temp-error"}).condition, Condition::fault);
    EXPECT_EQ(state_from(kStopped, {"none"}).condition, Condition::fault);
}

TEST(PrinterStateWords, ReasonsAreKeptWithoutEndingsAndBounded) {
    EXPECT_EQ(state_from(kIdle, {"media-low-report"}).reasons,
              std::vector<std::string>{"media-low"});
    EXPECT_EQ(state_from(kIdle, std::vector<std::string>(100, "other-warning")).reasons.size(),
              kReasonsMax);
}

}  // namespace
}  // namespace hall::printers::spooler
