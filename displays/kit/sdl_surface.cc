#include <SDL.h>
#include <backends/imgui_impl_sdl.h>
#include <imgui.h>

#include <algorithm>
#include <atomic>
#include <utility>

#include "displays/kit/surface.h"

namespace hall::kit {
namespace {

Key offset(Key first, int steps) {
    return static_cast<Key>(static_cast<int>(first) + steps);
}

Key key_of(const SDL_Keysym& sym) {
    const bool control = (sym.mod & KMOD_CTRL) != 0;
    const bool shift = (sym.mod & KMOD_SHIFT) != 0;
    const SDL_Keycode code = sym.sym;
    if (control) {
        if (code == SDLK_PLUS || code == SDLK_EQUALS || code == SDLK_KP_PLUS) return Key::zoom_in;
        if (code == SDLK_MINUS || code == SDLK_KP_MINUS) return Key::zoom_out;
        return Key::none;
    }
    if ((sym.mod & (KMOD_ALT | KMOD_GUI)) != 0) return Key::none;
    if (code >= SDLK_a && code <= SDLK_z) return offset(Key::a, code - SDLK_a);
    if (code >= SDLK_0 && code <= SDLK_9) return offset(Key::d0, code - SDLK_0);
    if (code == SDLK_KP_0) return Key::d0;
    if (code >= SDLK_KP_1 && code <= SDLK_KP_9) return offset(Key::d1, code - SDLK_KP_1);
    if (code >= SDLK_F1 && code <= SDLK_F12) return offset(Key::f1, code - SDLK_F1);
    switch (code) {
        case SDLK_SPACE:
            return Key::space;
        case SDLK_MINUS:
        case SDLK_KP_MINUS:
            return Key::minus;
        case SDLK_SLASH:
        case SDLK_KP_DIVIDE:
            return Key::slash;
        case SDLK_RETURN:
        case SDLK_KP_ENTER:
            return Key::enter;
        case SDLK_ESCAPE:
            return Key::escape;
        case SDLK_TAB:
            return shift ? Key::back_tab : Key::tab;
        case SDLK_BACKSPACE:
            return Key::backspace;
        case SDLK_LEFT:
            return Key::left;
        case SDLK_RIGHT:
            return Key::right;
        case SDLK_UP:
            return Key::up;
        case SDLK_DOWN:
            return Key::down;
        case SDLK_PAGEUP:
            return Key::page_up;
        case SDLK_PAGEDOWN:
            return Key::page_down;
        case SDLK_HOME:
            return Key::home;
        case SDLK_END:
            return Key::end;
        default:
            return Key::none;
    }
}

// What a key does where text is written.
std::optional<TextEvent> edit_of(const SDL_Keysym& sym) {
    using Kind = TextEvent::Kind;
    const bool extend = (sym.mod & KMOD_SHIFT) != 0;
    if ((sym.mod & KMOD_CTRL) != 0) {
        if (sym.sym == SDLK_a) return TextEvent{.kind = Kind::mark_all};
        if (sym.sym == SDLK_c) return TextEvent{.kind = Kind::copy};
        if (sym.sym == SDLK_x) return TextEvent{.kind = Kind::cut};
        if (sym.sym != SDLK_v) return std::nullopt;
        char* clipboard = SDL_GetClipboardText();
        TextEvent pasted{.text = clipboard != nullptr ? clipboard : ""};
        SDL_free(clipboard);
        return pasted;
    }
    switch (sym.sym) {
        case SDLK_BACKSPACE:
            return TextEvent{.kind = Kind::backspace};
        case SDLK_DELETE:
            return TextEvent{.kind = Kind::erase};
        case SDLK_LEFT:
            return TextEvent{.kind = Kind::left, .extend = extend};
        case SDLK_RIGHT:
            return TextEvent{.kind = Kind::right, .extend = extend};
        case SDLK_HOME:
            return TextEvent{.kind = Kind::home, .extend = extend};
        case SDLK_END:
            return TextEvent{.kind = Kind::end, .extend = extend};
        default:
            return std::nullopt;
    }
}

class SdlSurface final : public Surface {
  public:
    SdlSurface(SDL_Window* window, SDL_GLContext context, Uint32 wake_event)
        : window_(window), context_(context), wake_event_(wake_event) {}

    ~SdlSurface() override {
        ImGui_ImplSDL2_Shutdown();
        SDL_GL_DeleteContext(context_);
        SDL_DestroyWindow(window_);
        SDL_Quit();
    }
    SdlSurface(const SdlSurface&) = delete;
    SdlSurface& operator=(const SdlSurface&) = delete;

    Input wait(std::int64_t ms) override {
        Input input;
        SDL_Event event;
        const int limit_ms = static_cast<int>(std::clamp<std::int64_t>(ms, 0, 60'000));
        if (SDL_WaitEventTimeout(&event, limit_ms) == 0) return input;
        take(event, input);
        while (SDL_PollEvent(&event) != 0) take(event, input);
        return input;
    }

    void wake() override {
        // One is enough: a flood of views must not fill SDL's queue.
        if (woken_.exchange(true)) return;
        SDL_Event event{};
        event.type = wake_event_;
        if (SDL_PushEvent(&event) < 0) woken_ = false;
    }

    void new_frame() override { ImGui_ImplSDL2_NewFrame(); }
    void present() override { SDL_GL_SwapWindow(window_); }

    void write_at(const std::optional<Box>& caret) override {
        if (caret == caret_) return;
        if (caret.has_value() != caret_.has_value()) {
            caret ? SDL_StartTextInput() : SDL_StopTextInput();
        }
        caret_ = caret;
        if (!caret) return;
        const SDL_Rect rect{static_cast<int>(caret->x), static_cast<int>(caret->y),
                            static_cast<int>(caret->w), static_cast<int>(caret->h)};
        SDL_SetTextInputRect(&rect);
    }

    void put_on_clipboard(const std::string& text) override { SDL_SetClipboardText(text.c_str()); }

    int width() const override { return drawable().first; }
    int height() const override { return drawable().second; }

  private:
    std::pair<int, int> drawable() const {
        int width = 0;
        int height = 0;
        SDL_GL_GetDrawableSize(window_, &width, &height);
        return {width, height};
    }

    void take(const SDL_Event& event, Input& input) {
        if (event.type == wake_event_) {
            woken_ = false;
            return;
        }
        ImGui_ImplSDL2_ProcessEvent(&event);
        switch (event.type) {
            case SDL_QUIT:
                input.quit = true;
                break;
            case SDL_KEYDOWN: {
                input.any = true;
                Press press;
                if (event.key.repeat == 0) press.key = key_of(event.key.keysym);
                press.text = edit_of(event.key.keysym);
                if (press.key != Key::none || press.text) input.presses.push_back(press);
                break;
            }
            case SDL_TEXTINPUT:
                take_text({.text = event.text.text}, input);
                break;
            case SDL_TEXTEDITING:
                take_text({.kind = TextEvent::Kind::compose, .text = event.edit.text}, input);
                break;
#ifdef SDL_HINT_IME_SUPPORT_EXTENDED_TEXT
            case SDL_TEXTEDITING_EXT:
                take_text({.kind = TextEvent::Kind::compose, .text = event.editExt.text}, input);
                SDL_free(event.editExt.text);
                break;
#endif
            case SDL_KEYUP:
            case SDL_MOUSEMOTION:
            case SDL_MOUSEBUTTONDOWN:
            case SDL_MOUSEBUTTONUP:
            case SDL_MOUSEWHEEL:
            case SDL_WINDOWEVENT:
                input.any = true;
                break;
            default:
                break;
        }
    }

    static void take_text(TextEvent text, Input& input) {
        input.any = true;
        input.presses.push_back({Key::none, std::move(text)});
    }

    SDL_Window* window_;
    SDL_GLContext context_;
    Uint32 wake_event_;
    std::atomic<bool> woken_ = false;
    std::optional<Box> caret_;
};

tl::unexpected<Error> failed(const char* what) {
    Error error{"display_unavailable", std::string(what) + ": " + SDL_GetError() +
                                           "; start it on a display, under Xvfb, or with "
                                           "--screenshot FILE, which needs none"};
    SDL_Quit();
    return tl::unexpected(std::move(error));
}

}  // namespace

tl::expected<std::unique_ptr<Surface>, Error> open_window(const SurfaceOptions& options) {
    // A board must not go dark, and a compositor must not be switched off for it.
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    // The input method draws its own list of characters, and says all that is composed at once.
#ifdef SDL_HINT_IME_SHOW_UI
    SDL_SetHint(SDL_HINT_IME_SHOW_UI, "1");
#endif
#ifdef SDL_HINT_IME_SUPPORT_EXTENDED_TEXT
    SDL_SetHint(SDL_HINT_IME_SUPPORT_EXTENDED_TEXT, "1");
#endif
    if (SDL_Init(SDL_INIT_VIDEO) != 0) return failed("cannot open the display");
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
    SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
    Uint32 flags = SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE;
    int width = options.width;
    int height = options.height;
    if (options.mode == SurfaceOptions::Mode::fullscreen) {
        flags |= SDL_WINDOW_FULLSCREEN_DESKTOP;
        // Where no window manager makes it as large as the display, it must begin so.
        SDL_DisplayMode mode;
        if (SDL_GetDesktopDisplayMode(0, &mode) == 0) {
            width = mode.w;
            height = mode.h;
        }
    }
    SDL_Window* window = SDL_CreateWindow(options.title.c_str(), SDL_WINDOWPOS_CENTERED,
                                          SDL_WINDOWPOS_CENTERED, width, height, flags);
    if (window == nullptr) return failed("cannot open a window");
    SDL_GLContext context = SDL_GL_CreateContext(window);
    if (context == nullptr) return failed("cannot create an OpenGL 3.3 context");
    // Without it a picture could tear; a driver that has none just draws at once.
    SDL_GL_SetSwapInterval(1);
    SDL_ShowCursor(options.cursor ? SDL_ENABLE : SDL_DISABLE);
    if (!options.cursor) ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_NoMouseCursorChange;
    ImGui_ImplSDL2_InitForOpenGL(window, context);
    // SDL begins with it on: an input method would take the keys of buttons.
    SDL_StopTextInput();
    return std::make_unique<SdlSurface>(window, context, SDL_RegisterEvents(1));
}

}  // namespace hall::kit
