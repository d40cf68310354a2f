// A ledger (台账) as a table: the same columns in a terminal, in a spreadsheet and on paper.
#pragma once

#include <string>

#include "client/hallctl/table.h"
#include "protocol/views.pb.h"

namespace hall::client::hallctl {

// A heading and a row per entry, in words.
Table ledger_table(const protocol::Ledger& ledger);

// "南宁市民中心 办件台账".
std::string ledger_title(const protocol::Ledger& ledger);
// "2026-11-01 至 2026-11-30", and how many rows.
std::string ledger_period(const protocol::Ledger& ledger);
// The head of the log with which it was made, and what is left out.
std::string ledger_foot(const protocol::Ledger& ledger);

// Title, period, table and foot. Lines end in a newline.
std::string ledger_text(const protocol::Ledger& ledger);

// client/csv_text.h: nothing but the table, so that a program can read it too.
std::string ledger_csv(const protocol::Ledger& ledger);

}  // namespace hall::client::hallctl
