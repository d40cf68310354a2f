// Walking with a person at the guide's real window: an elder without a smartphone is written down
// with keys, a case is opened for her and moved on with clicks, and an alarm that somebody raises
// stands over the page until it is acknowledged.
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "tests/stage/running_hall.h"
#include "tests/stage/small_hall.h"
#include "tests/stage/virtual_display.h"

namespace hall::end_to_end {
namespace {

using stage::eventually;
using stage::must_do;
using stage::RunningHall;

constexpr const char* kTitle = "hall-guide";

class WalkScreens : public testing::Test {
  protected:
    WalkScreens() {
        hall_.enrol("guide", protocol::Role::guide);
        hall_.open({1});
        stage::Command command = {stage::program("hall-guide"), "--frames", "0", "--screenshot",
                                  picture().string()};
        for (const auto& word : hall_.words_for("guide")) command.push_back(word);
        guide_ = stage::Process(command, hall_.folder() / "guide.log",
                                {{"DISPLAY", display_.name()}, {"LIBGL_ALWAYS_SOFTWARE", "1"}});
    }

    std::filesystem::path picture() const { return hall_.folder() / "guide.png"; }
    std::string drawn() const { return stage::read_file(hall_.folder() / "guide.png.json"); }
    bool shows(const std::string& text) {
        const bool seen = eventually([&] { return drawn().find(text) != std::string::npos; },
                                     std::chrono::seconds(20));
        EXPECT_TRUE(seen) << "never shows " << text << "\n"
                          << stage::read_file(hall_.folder() / "guide.log") << drawn();
        return seen;
    }
    void press(const std::string& key) {
        ASSERT_TRUE(eventually([&] { return display_.press(kTitle, key); })) << key;
    }
    void write(const std::string& letters) {
        for (const char letter : letters) press(std::string(1, letter));
    }
    // On the middle of what is drawn under this id.
    bool click(const std::string& id) {
        return eventually([&] {
            google::protobuf::Struct root;
            if (!google::protobuf::util::JsonStringToMessage(drawn(), &root).ok()) return false;
            for (const auto& value : root.fields().at("targets").list_value().values()) {
                const auto& fields = value.struct_value().fields();
                if (fields.at("id").string_value() != id) continue;
                const auto middle = [&](const char* from, const char* size) {
                    return static_cast<int>(fields.at(from).number_value() +
                                            fields.at(size).number_value() / 2);
                };
                return display_.click(middle("x", "width"), middle("y", "height"));
            }
            return false;
        });
    }

    stage::VirtualDisplay display_{1366, 768};
    RunningHall hall_;
    client::CommandClient admin_{hall_.admin()};
    stage::Process guide_;
};

TEST_F(WalkScreens, SheIsWrittenDownGetsACaseAndAnAlarmStandsOverThePage) {
    ASSERT_TRUE(shows("养老申领"));
    press("F9");
    ASSERT_TRUE(shows("手工登记"));
    write("wei");
    press("Tab");
    write("13907715566");
    ASSERT_TRUE(shows("13907715566"));
    press("F5");  // the guide wrote it: it must be read back first
    ASSERT_TRUE(shows("念给本人听"));
    ASSERT_TRUE(click("read_back"));
    // A second press right after the first is taken for the same one: a person presses again.
    ASSERT_TRUE(eventually([&] {
        display_.press(kTitle, "F5");
        return drawn().find("w*i") != std::string::npos;
    })) << drawn();

    press("F6");
    ASSERT_TRUE(shows("service"));
    std::string service = "service.";
    service += stage::kService;
    ASSERT_TRUE(click(service));
    ASSERT_TRUE(eventually([&] {
        display_.press(kTitle, "F5");
        protocol::Query query;
        query.mutable_case_list();
        return must_do(admin_.ask(query)).cases().cases_size() == 1;
    })) << drawn();
    ASSERT_TRUE(shows("接待"));

    protocol::Command raise;
    raise.mutable_raise_emergency()->set_place(stage::kZone);
    const uint64_t id = must_do(admin_.send(raise)).emergency().id();
    ASSERT_TRUE(shows("alarm"));
    protocol::Command acknowledge;
    acknowledge.mutable_acknowledge_emergency()->set_emergency(id);
    must_do(admin_.send(acknowledge));
    protocol::Command close;
    close.mutable_close_emergency()->set_emergency(id);
    close.mutable_close_emergency()->set_outcome(protocol::EmergencyOutcome::recovered);
    must_do(admin_.send(close));
    EXPECT_TRUE(eventually([&] { return drawn().find("\"alarm\"") == std::string::npos; }));
    guide_.signal(SIGTERM);
    EXPECT_EQ(guide_.wait(), 0);
}

}  // namespace
}  // namespace hall::end_to_end
