#include "displays/kit/shell.h"

#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>
#define GL_GLEXT_PROTOTYPES
#include <GL/gl.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "displays/kit/bell.h"

namespace hall::kit {
namespace {

// A wait never lasts longer, so a signal that came at an unlucky moment is seen.
constexpr std::int64_t kWaitMsMax = 1'000;
// ImGui needs a second picture to settle after input (what was hovered, then pressed).
constexpr int kPicturesAfterInput = 2;
// More presses than this before a picture is a thing lying on the keyboard. A text is different: a
// reader of identity cards writes a line faster than a picture is drawn, and no sign may be lost.
constexpr std::size_t kKeysMax = 16;
constexpr std::size_t kWrittenMax = 4'000;
constexpr float kZoomStep = 0.25F;

// A place and whether the button is down: one for each picture.
struct Pointer {
    float x = 0;
    float y = 0;
    bool down = false;
};

// All that is drawn from ImGui's own texture is its one white pixel: filtering it for every pixel
// of a panel would change nothing and is dear in the software renderer.
void take_one_pixel_only(ImGuiIO& io) {
    ImGui::GetStyle().AntiAliasedLinesUseTex = false;
    ImGui_ImplOpenGL3_CreateDeviceObjects();
    glBindTexture(GL_TEXTURE_2D,
                  static_cast<GLuint>(reinterpret_cast<std::intptr_t>(io.Fonts->TexID)));
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
}

// Comes as text, or moves in it, while a field is written in.
bool is_of_text(Key key) {
    return key == Key::space || (key >= Key::a && key <= Key::slash) || key == Key::backspace ||
           key == Key::left || key == Key::right || key == Key::home || key == Key::end;
}

struct ImGuiContextDeleter {
    void operator()(ImGuiContext* context) const { ImGui::DestroyContext(context); }
};

}  // namespace

std::int64_t monotonic_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

struct Shell::Impl {
    ShellOptions options;
    std::unique_ptr<ImGuiContext, ImGuiContextDeleter> imgui;
    std::unique_ptr<Surface> surface;
    std::unique_ptr<Text> text;
    UiState ui;
    Drawn drawn;
    std::vector<Press> pressed;  // by `press` and `write`, not taken yet
    std::deque<Press> presses;
    std::deque<Pointer> pointers;
    // The last picture took a key. The next takes none: a dialog that it opened is drawn first, and
    // then the key after it is the dialog's.
    bool settling = false;
    std::atomic<bool> quit = false;
    int pictures_owed = 1;
    int pictures_taken = 0;
    std::uint64_t pictures_drawn = 0;
    std::int64_t opened_ms = 0;
    Bell bell;
    bool rings = false;  // as the screen said last

    ~Impl() {
        bell.turn(false, 0);  // before the surface ends SDL
        text.reset();
        if (surface != nullptr) ImGui_ImplOpenGL3_Shutdown();
        surface.reset();
    }

    bool writing() const { return !ui.field.id.empty(); }
    void take(Input input, Screen& screen, std::int64_t now_ms);
    Key next_key(std::vector<TextEvent>& written);
    void draw(Screen& screen, std::int64_t now_ms);
    void draw_screen(Screen& screen, std::int64_t now_ms);
    tl::expected<void, Error> keep_picture(const Picture& picture) const;
    std::int64_t wait_ms(const Screen& screen, std::int64_t now_ms) const;
};

void Shell::Impl::take(Input input, Screen& screen, std::int64_t now_ms) {
    if (input.quit) quit = true;
    input.presses.insert(input.presses.begin(), pressed.begin(), pressed.end());
    if (input.any || !pressed.empty()) pictures_owed = kPicturesAfterInput;
    pressed.clear();
    for (Press& press : input.presses) {
        const Key key = press.key;
        if (key == Key::zoom_in || key == Key::zoom_out) {
            const float step = key == Key::zoom_in ? kZoomStep : -kZoomStep;
            options.text_scale =
                std::clamp(options.text_scale + step, kTextScaleMin, kTextScaleMax);
        } else if (writing()) {
            if (presses.size() < kWrittenMax) presses.push_back(std::move(press));
        } else if (key != Key::none && !screen.typed(key, now_ms) && presses.size() < kKeysMax) {
            presses.push_back(std::move(press));
        }
    }
}

// What the next picture takes in: one key, or all that was written before the next key.
Key Shell::Impl::next_key(std::vector<TextEvent>& written) {
    if (std::exchange(settling, false)) return Key::none;
    while (!presses.empty()) {
        const Key key = presses.front().key;
        if (writing() && presses.front().text) {
            written.push_back(std::move(*presses.front().text));
        } else if (key != Key::none && !(writing() && is_of_text(key))) {
            if (!written.empty()) return Key::none;
            presses.pop_front();
            settling = true;
            return key;
        }
        presses.pop_front();
    }
    return Key::none;
}

void Shell::Impl::draw_screen(Screen& screen, std::int64_t now_ms) {
    drawn = Drawn{};
    drawn.width = surface->width();
    drawn.height = surface->height();
    std::vector<TextEvent> written;
    const Key key = next_key(written);
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
    ImGui::Begin("screen", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                     ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse);
    Canvas canvas(*ImGui::GetWindowDrawList(), *text, drawn);
    {
        Ui widgets(canvas, ui, {key, std::move(written)}, options.text_scale, now_ms);
        Frame frame{canvas, widgets, key, options.text_scale, now_ms};
        screen.draw(frame);
    }
    ImGui::End();
    ImGui::PopStyleVar(2);
}

void Shell::Impl::draw(Screen& screen, std::int64_t now_ms) {
    ImGui_ImplOpenGL3_NewFrame();
    surface->new_frame();
    if (!pointers.empty()) {
        ImGuiIO& io = ImGui::GetIO();
        io.MousePos = ImVec2(pointers.front().x, pointers.front().y);
        io.MouseDown[0] = pointers.front().down;
        pointers.pop_front();
    }
    ImGui::NewFrame();
    draw_screen(screen, now_ms);
    ImGui::Render();
    const Rgb ground = options.ground;
    glViewport(0, 0, drawn.width, drawn.height);
    glClearColor(static_cast<float>(ground.r) / 255.0F, static_cast<float>(ground.g) / 255.0F,
                 static_cast<float>(ground.b) / 255.0F, 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    ++pictures_drawn;
}

tl::expected<void, Error> Shell::Impl::keep_picture(const Picture& picture) const {
    if (auto written = write_png(picture, options.picture_file); !written) return written;
    const std::string json = options.describe ? options.describe(drawn) : to_json(drawn);
    return write_file(json, options.picture_file + ".json");
}

std::int64_t Shell::Impl::wait_ms(const Screen& screen, std::int64_t now_ms) const {
    const bool input = !pressed.empty() || !presses.empty() || !pointers.empty();
    if (pictures_owed > 0 || input) return 0;
    std::int64_t wait = std::min(kWaitMsMax, screen.idle_ms(now_ms));
    if (!ui.toast.empty()) wait = std::min(wait, ui.toast_until_ms - now_ms);
    return std::max<std::int64_t>(wait, 0);
}

Shell::Shell(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Shell::~Shell() = default;

tl::expected<std::unique_ptr<Shell>, Error> Shell::open(ShellOptions options) {
    auto impl = std::make_unique<Impl>();
    impl->options = std::move(options);
    IMGUI_CHECKVERSION();
    impl->imgui.reset(ImGui::CreateContext());
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    const SurfaceOptions& wanted = impl->options.surface;
    auto surface = wanted.mode == SurfaceOptions::Mode::off_screen ? open_off_screen(wanted)
                                                                   : open_window(wanted);
    if (!surface) return tl::unexpected(surface.error());
    impl->surface = std::move(*surface);
    ImGui_ImplOpenGL3_Init("#version 330 core");
    take_one_pixel_only(io);
    impl->text = std::make_unique<Text>();
    impl->opened_ms = monotonic_ns() / 1'000'000;
    return std::unique_ptr<Shell>(new Shell(std::move(impl)));
}

tl::expected<void, Error> Shell::run(Screen& screen) {
    for (;;) {
        const auto go_on = turn(screen, kWaitMsMax);
        if (!go_on) return tl::unexpected(go_on.error());
        if (!*go_on) return {};
    }
}

tl::expected<bool, Error> Shell::turn(Screen& screen, std::int64_t wait_ms) {
    Impl& my = *impl_;
    const std::int64_t before_ms = monotonic_ns() / 1'000'000;
    // After the picture of the turn before: opening a sound card takes time.
    my.bell.turn(my.rings, before_ms);
    Input input = my.surface->wait(std::min(wait_ms, my.wait_ms(screen, before_ms)));
    const std::int64_t now_ms = monotonic_ns() / 1'000'000;
    my.take(std::move(input), screen, now_ms);
    if (my.quit) return false;
    if (screen.update(now_ms)) my.pictures_owed = std::max(my.pictures_owed, 1);
    my.rings = screen.rings() && my.options.surface.mode != SurfaceOptions::Mode::off_screen;
    const bool toast_over = !my.ui.toast.empty() && now_ms >= my.ui.toast_until_ms;
    if (my.pictures_owed == 0 && my.presses.empty() && my.pointers.empty() && !toast_over) {
        return true;
    }
    // What a key did is seen in the next picture.
    if (!my.presses.empty() || !my.pointers.empty()) my.pictures_owed = kPicturesAfterInput;
    my.draw(screen, now_ms);
    if (my.pictures_owed > 0) --my.pictures_owed;
    if (std::exchange(my.ui.again, false)) my.pictures_owed = std::max(my.pictures_owed, 1);

    std::optional<Picture> picture;
    const bool ready = screen.ready() || now_ms - my.opened_ms >= my.options.ready_wait_ms;
    // Read before it is shown: the back buffer is not defined afterwards.
    if (!my.options.picture_file.empty() && ready) {
        picture = read_picture(my.drawn.width, my.drawn.height);
    }
    my.surface->present();
    screen.shown(monotonic_ns());
    my.surface->write_at(my.writing() ? std::optional(my.ui.field.caret) : std::nullopt);
    const std::string copied = my.ui.field.edit.take_copied();
    if (!copied.empty()) my.surface->put_on_clipboard(copied);
    my.text->end_frame();
    if (picture) {
        if (auto kept = my.keep_picture(*picture); !kept) return tl::unexpected(kept.error());
    }
    if (ready && my.options.pictures > 0 && ++my.pictures_taken >= my.options.pictures)
        return false;
    return true;
}

void Shell::wake() {
    impl_->surface->wake();
}

void Shell::quit() {
    impl_->quit = true;
    wake();
}

void Shell::press(Key key) {
    impl_->pressed.push_back({key});
}

void Shell::write(const TextEvent& event) {
    impl_->pressed.push_back({Key::none, event});
}

void Shell::click(float x, float y) {
    for (const bool down : {false, true, false}) impl_->pointers.push_back({x, y, down});
}

void Shell::set_text_scale(float scale) {
    impl_->options.text_scale = std::clamp(scale, kTextScaleMin, kTextScaleMax);
    impl_->pictures_owed = 1;
}

float Shell::text_scale() const {
    return impl_->options.text_scale;
}
Text& Shell::text() {
    return *impl_->text;
}
const Drawn& Shell::drawn() const {
    return impl_->drawn;
}
Picture Shell::picture() const {
    return read_picture(impl_->drawn.width, impl_->drawn.height);
}
std::uint64_t Shell::pictures_drawn() const {
    return impl_->pictures_drawn;
}

}  // namespace hall::kit
