#include "wristband/scanner/source.h"

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace hall::wristband::scanner {

namespace {

using std::chrono::milliseconds;

// How often a scanner that is unplugged is looked for.
constexpr milliseconds kLookAgain{300};
constexpr milliseconds kAfterLoss{50};

void make_raw(int device) {
    termios settings{};
    if (::tcgetattr(device, &settings) != 0) return;  // no terminal
    ::cfmakeraw(&settings);
    settings.c_cflag |= CLOCAL | CREAD;
    ::tcsetattr(device, TCSANOW, &settings);
}

class Device : public Source {
  public:
    Device(std::string path, int stop) : path_(std::move(path)), stop_(stop) {
        if (is_stdin()) device_ = STDIN_FILENO;
    }
    ~Device() override { close(); }

    Event next(std::string& bytes, milliseconds limit) override {
        if (device_ < 0) {
            if (lost_) {  // a cable that is half out must not keep us busy
                lost_ = false;
                return wait_for_stop(std::min(limit, kAfterLoss));
            }
            if (open()) {
                seen_ = true;
                return Event::back;
            }
            const bool told = std::exchange(seen_, true);
            const Event event = wait_for_stop(told ? std::min(limit, kLookAgain) : milliseconds(0));
            return event == Event::nothing && !told ? Event::absent : event;
        }
        pollfd waits[] = {{stop_, POLLIN, 0}, {device_, POLLIN, 0}};
        const int ready = ::poll(waits, 2, static_cast<int>(limit.count()));
        if (ready < 0 && errno != EINTR) return lose();
        if (waits[0].revents != 0) return Event::stop;
        if (ready <= 0 || waits[1].revents == 0) return Event::nothing;
        if ((waits[1].revents & (POLLIN | POLLHUP)) == 0) return lose();
        char buffer[512];
        const ssize_t got = ::read(device_, buffer, sizeof buffer);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) return Event::nothing;
        if (got <= 0) return lose();
        bytes.assign(buffer, static_cast<std::size_t>(got));
        return Event::bytes;
    }

  private:
    bool is_stdin() const { return path_ == "-"; }

    bool open() {
        device_ = ::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        if (device_ >= 0) make_raw(device_);
        return device_ >= 0;
    }
    void close() {
        if (device_ > STDIN_FILENO) ::close(device_);
        device_ = -1;
    }
    Event lose() {
        if (is_stdin()) return Event::end;
        close();
        lost_ = true;
        return Event::gone;
    }
    Event wait_for_stop(milliseconds limit) const {
        pollfd wait{stop_, POLLIN, 0};
        ::poll(&wait, 1, static_cast<int>(limit.count()));
        return wait.revents != 0 ? Event::stop : Event::nothing;
    }

    const std::string path_;
    const int stop_;
    int device_ = -1;
    bool lost_ = false;
    bool seen_ = false;  // or its absence was told
};

}  // namespace

tl::expected<std::unique_ptr<Source>, Error> open_source(const std::string& device, int stop_fd) {
    if (device.starts_with("/dev/input/")) {
        return tl::unexpected(
            Error{"scanner_is_keyboard", device + " is a keyboard: switch the scanner to serial "
                                                  "(USB-CDC) mode with the code in its manual"});
    }
    return std::make_unique<Device>(device, stop_fd);
}

}  // namespace hall::wristband::scanner
