// The scenarios of ./bench: each starts what it needs, measures, and ends it.
#pragma once

#include <vector>

#include "benchmarks/figure.h"

namespace hall::bench {

// Durable tickets per second with 64 clients against one commit a ticket; plain and CURVE.
std::vector<Figure> throughput();
// One client's round trip against a bare ZeroMQ round trip and a bare SQLite commit.
std::vector<Figure> round_trip();
// Choosing the next among 100,000 waiting.
std::vector<Figure> choosing();
// Arrivals that hall-sim simulates in a second, beside a bare event loop.
std::vector<Figure> simulating();
// Restart with a million events, with a checkpoint and without; the server's memory.
std::vector<Figure> restart();
// From the clerk's key to the picture on the board; a board at rest.
std::vector<Figure> board();

// From an alarm to the pictures on two consoles, with 28 others watching.
std::vector<Figure> alarm();
// A list of ten thousand open escort cases; a day after two hundred thousand closed ones.
std::vector<Figure> cases();

}  // namespace hall::bench
