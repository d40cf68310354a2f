// A program with a window on a hidden display of its own, used as a person uses it: with keys,
// letters and clicks. What it shows is read from the description it writes beside each picture.
#pragma once

#include <filesystem>
#include <string>

#include "tests/stage/process.h"
#include "tests/stage/virtual_display.h"

namespace hall::stage {

class DrivenScreen {
  public:
    // `title`: of its window and the name of its files in `folder`. `command` starts the program;
    // it is told to write its pictures.
    DrivenScreen(std::string title, Command command, std::filesystem::path folder, int width = 1366,
                 int height = 768);

    // Each waits until it can be done, or was; false when it never could. `text`: somewhere among
    // the words that are drawn.
    bool shows(const std::string& text) const;
    bool shows_no_more(const std::string& text) const;
    bool press(const std::string& key) const;
    // As a hand that is not sure: the second press does not wait for the first.
    bool press_twice(const std::string& key) const;
    // Letters of any writing, into the field that has the focus.
    bool write(const std::string& text) const;
    // On the middle of the target with this id; turns the pages of its list to find it.
    bool click(const std::string& id) const;
    // Presses until `holds`: a second press right after another is taken for the same one.
    template <class Holds>
    bool press_until(const std::string& key, Holds holds) const {
        return eventually(
            [&] {
                display_.press(title_, key);
                return eventually(holds, std::chrono::milliseconds(1'500));
            },
            std::chrono::seconds(20));
    }

    // The description of what is drawn (JSON), and the program's log.
    std::string drawn() const;
    std::string log() const;
    // HALL_PICTURES=FOLDER keeps the picture under this name, to be looked at.
    void keep(const std::string& name) const;
    // SIGTERM; its exit code.
    int stop();

  private:
    bool click_if_there(const std::string& id) const;
    // Until the picture stays as it is: a person looks before the next press.
    void settle() const;

    std::string title_;
    std::filesystem::path folder_;
    VirtualDisplay display_;
    Process process_;
};

}  // namespace hall::stage
