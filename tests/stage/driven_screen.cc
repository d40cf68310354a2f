#include "tests/stage/driven_screen.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <signal.h>

#include <cstdlib>
#include <thread>

namespace hall::stage {
namespace {

namespace fs = std::filesystem;

// Lists are turned this often before a target is given up.
constexpr int kPagesMost = 8;
constexpr std::chrono::seconds kPatience{20};

Command with_pictures(Command command, const fs::path& picture) {
    for (const std::string& word : {std::string("--frames"), std::string("0"),
                                    std::string("--screenshot"), picture.string()}) {
        command.push_back(word);
    }
    return command;
}

}  // namespace

DrivenScreen::DrivenScreen(std::string title, Command command, fs::path folder, int width,
                           int height)
    : title_(std::move(title)),
      folder_(std::move(folder)),
      display_(width, height),
      process_(with_pictures(std::move(command), folder_ / (title_ + ".png")),
               folder_ / (title_ + ".log"),
               {{"DISPLAY", display_.name()}, {"LIBGL_ALWAYS_SOFTWARE", "1"}}) {}

void DrivenScreen::settle() const {
    std::string before;
    eventually(
        [&] {
            const std::string now = drawn();
            const bool same = now == before;
            before = now;
            if (!same) std::this_thread::sleep_for(std::chrono::milliseconds(400));
            return same;
        },
        kPatience);
}

std::string DrivenScreen::drawn() const {
    return read_file(folder_ / (title_ + ".png.json"));
}

std::string DrivenScreen::log() const {
    return read_file(folder_ / (title_ + ".log"));
}

bool DrivenScreen::shows(const std::string& text) const {
    return eventually([&] { return drawn().find(text) != std::string::npos; }, kPatience);
}

bool DrivenScreen::shows_no_more(const std::string& text) const {
    return eventually([&] { return drawn().find(text) == std::string::npos; }, kPatience);
}

bool DrivenScreen::press(const std::string& key) const {
    const bool pressed = eventually([&] { return display_.press(title_, key); }, kPatience);
    settle();
    return pressed;
}

bool DrivenScreen::press_twice(const std::string& key) const {
    const bool pressed = eventually([&] { return display_.press(title_, key); }, kPatience);
    return press(key) && pressed;
}

bool DrivenScreen::write(const std::string& text) const {
    const bool written = eventually([&] { return display_.write(title_, text); }, kPatience);
    settle();
    return written;
}

bool DrivenScreen::click_if_there(const std::string& id) const {
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
}

bool DrivenScreen::click(const std::string& id) const {
    const auto soon = [&] {
        settle();
        const bool clicked =
            eventually([&] { return click_if_there(id); }, std::chrono::milliseconds(1'000));
        if (clicked) settle();
        return clicked;
    };
    if (soon()) return true;
    for (const char* key : {"Prior", "Next"}) {
        for (int page = 0; page < kPagesMost; ++page) {
            if (!press(key)) return false;
            if (soon()) return true;
        }
    }
    return false;
}

void DrivenScreen::keep(const std::string& name) const {
    const char* folder = std::getenv("HALL_PICTURES");
    if (folder == nullptr) return;
    std::error_code ignored;
    fs::copy_file(folder_ / (title_ + ".png"), fs::path(folder) / (name + ".png"),
                  fs::copy_options::overwrite_existing, ignored);
}

int DrivenScreen::stop() {
    process_.signal(SIGTERM);
    return process_.wait().value_or(-1);
}

}  // namespace hall::stage
