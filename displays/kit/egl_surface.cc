// Pictures without any display: EGL's surfaceless platform and a framebuffer object.
//
// SDL has an "offscreen" driver too, but it looks for a device first and polls for events each
// millisecond; this needs only libegl1 with Mesa's software renderer, and sleeps.
#define GL_GLEXT_PROTOTYPES
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GL/gl.h>
#include <GL/glext.h>
#include <imgui.h>

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "displays/kit/surface.h"

namespace hall::kit {
namespace {

class EglSurface final : public Surface {
  public:
    EglSurface(EGLDisplay display, EGLContext context, int width, int height)
        : display_(display), context_(context), width_(width), height_(height) {
        glGenTextures(1, &colour_);
        glBindTexture(GL_TEXTURE_2D, colour_);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                     nullptr);
        glGenFramebuffers(1, &frame_);
        glBindFramebuffer(GL_FRAMEBUFFER, frame_);
        glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, colour_, 0);
    }

    ~EglSurface() override {
        eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
        eglDestroyContext(display_, context_);
        eglTerminate(display_);
    }
    EglSurface(const EglSurface&) = delete;
    EglSurface& operator=(const EglSurface&) = delete;

    Input wait(std::int64_t ms) override {
        std::unique_lock lock(mutex_);
        woken_.wait_for(lock, std::chrono::milliseconds(ms), [this] { return wake_; });
        wake_ = false;
        return Input{};
    }

    void wake() override {
        {
            const std::lock_guard lock(mutex_);
            wake_ = true;
        }
        woken_.notify_one();
    }

    void new_frame() override {
        ImGuiIO& io = ImGui::GetIO();
        io.DisplaySize = ImVec2(static_cast<float>(width_), static_cast<float>(height_));
        io.DeltaTime = 1.0F / 60.0F;
        glBindFramebuffer(GL_FRAMEBUFFER, frame_);
    }

    void present() override { glFinish(); }
    void write_at(const std::optional<Box>&) override {}
    void put_on_clipboard(const std::string&) override {}
    int width() const override { return width_; }
    int height() const override { return height_; }

  private:
    EGLDisplay display_;
    EGLContext context_;
    int width_;
    int height_;
    GLuint colour_ = 0;
    GLuint frame_ = 0;
    std::mutex mutex_;
    std::condition_variable woken_;
    bool wake_ = false;
};

tl::unexpected<Error> failed(const char* what) {
    return tl::unexpected(
        Error{"display_unavailable", std::string("cannot draw off screen: ") + what +
                                         " failed; install libegl1 and libgl1-mesa-dri"});
}

}  // namespace

tl::expected<std::unique_ptr<Surface>, Error> open_off_screen(const SurfaceOptions& options) {
    EGLDisplay display =
        eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
    if (display == EGL_NO_DISPLAY || eglInitialize(display, nullptr, nullptr) == EGL_FALSE) {
        return failed("eglInitialize");
    }
    eglBindAPI(EGL_OPENGL_API);
    const EGLint wanted[] = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT,
                             EGL_NONE};
    EGLConfig config = nullptr;
    EGLint found = 0;
    eglChooseConfig(display, wanted, &config, 1, &found);
    if (found == 0) return failed("eglChooseConfig");
    const EGLint version[] = {EGL_CONTEXT_MAJOR_VERSION,
                              3,
                              EGL_CONTEXT_MINOR_VERSION,
                              3,
                              EGL_CONTEXT_OPENGL_PROFILE_MASK,
                              EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                              EGL_NONE};
    EGLContext context = eglCreateContext(display, config, EGL_NO_CONTEXT, version);
    if (context == EGL_NO_CONTEXT) return failed("eglCreateContext");
    if (eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context) == EGL_FALSE) {
        return failed("eglMakeCurrent");
    }
    return std::make_unique<EglSurface>(display, context, options.width, options.height);
}

}  // namespace hall::kit
