// A disk that is full or read-only: a clear refusal, no crash, nothing lost, and on it goes.
//
// The server runs in a mount namespace of its own (unshare), where its data folder is a small disk.
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "tests/stage/running_hall.h"
#include "tests/stage/small_hall.h"

namespace hall::end_to_end {
namespace {

using client::CommandClient;
using protocol::RefusalCode;
using protocol::Reply;
using stage::must;
using stage::must_do;
using stage::RunningHall;

// Runs a program with `mount … data` done before it.
stage::Command on_disk(const std::string& options, const std::filesystem::path& data) {
    return {"unshare",
            "--user",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            "mount -t tmpfs -o " + options + " none \"$0\" && exec \"$@\"",
            data.string()};
}

bool storage_unavailable(const Reply& reply) {
    return reply.has_refusal() && reply.refusal().code() == RefusalCode::storage_unavailable;
}

TEST(Disk, AFullDiskRefusesWhatItCannotKeepAndGoesOnWhenThereIsRoom) {
    stage::Folder folder;
    const std::filesystem::path data = folder / "data";
    std::filesystem::create_directories(data);
    RunningHall::Options options;
    options.link = RunningHall::Link::plain;
    options.data = data;
    options.under = on_disk("size=6m", data);
    RunningHall hall(options);
    hall.open({1});
    CommandClient client(hall.admin());
    // The server's own view of its folder.
    const std::filesystem::path filler =
        "/proc/" + std::to_string(hall.process().pid()) + "/root" + data.string() + "/filler";

    std::set<std::string> acknowledged;
    for (int round = 0; round < 3; ++round) {
        acknowledged.insert(must_do(client.send(stage::issue(stage::kService))).ticket().number());
        {
            std::ofstream file(filler, std::ios::binary);
            const std::string block(4'096, 'x');
            while (file.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
            }
        }
        Reply refused;
        // The log may have some room of its own left.
        for (int i = 0; i < 5'000 && !storage_unavailable(refused); ++i) {
            refused = must(client.send(stage::issue(stage::kService)));
            if (!refused.has_refusal()) acknowledged.insert(refused.ticket().number());
        }
        ASSERT_TRUE(storage_unavailable(refused)) << refused.ShortDebugString();
        EXPECT_TRUE(refused.refusal().retry());
        const Reply status = must_do(client.ask(stage::status()));
        EXPECT_EQ(status.status().issued(), acknowledged.size());
        EXPECT_EQ(status.status().degraded_size(), 1);
        EXPECT_EQ(status.status().degraded(0), "storage_unavailable");

        std::filesystem::remove(filler);
        const Reply again = must_do(client.send(stage::issue(stage::kService)));
        EXPECT_TRUE(acknowledged.insert(again.ticket().number()).second);
        EXPECT_EQ(must_do(client.ask(stage::status())).status().degraded_size(), 0);
    }
    std::set<std::string> logged;
    for (const auto& event : stage::all_events(client)) {
        if (event.event().has_ticket_issued())
            logged.insert(event.event().ticket_issued().number());
    }
    EXPECT_EQ(logged, acknowledged);
    EXPECT_EQ(hall.hallctl({"log", "verify"}).exit_code, 0);
    EXPECT_EQ(hall.stop(), 0);
}

TEST(Disk, AReadOnlyDiskIsRefusedAtTheStartWithWhatIsWrong) {
    stage::Folder folder;
    const std::filesystem::path data = folder / "data";
    std::filesystem::create_directories(data);
    stage::write_file(folder / "hall.toml", stage::small_hall_toml(1));
    stage::Command command = on_disk("ro", data);
    for (const std::string& word :
         {stage::program("hall-server"), std::string("--config"), (folder / "hall.toml").string(),
          std::string("--data"), data.string(), std::string("--port"),
          std::to_string(stage::free_ports(3))}) {
        command.push_back(word);
    }
    const stage::Finished refused = stage::run(command);
    EXPECT_EQ(refused.exit_code, 1) << refused.errors;
    EXPECT_NE(refused.errors.find("storage_unavailable: "), std::string::npos) << refused.errors;
}

}  // namespace
}  // namespace hall::end_to_end
