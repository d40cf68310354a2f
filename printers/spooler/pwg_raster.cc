#include "printers/spooler/pwg_raster.h"

#include <cups/cups.h>
#include <cups/pwg.h>
#include <cups/raster.h>

#include <cmath>

#include "protocol/check.h"

namespace hall::printers::spooler {

namespace {

ssize_t append(void* context, unsigned char* data, size_t length) {
    static_cast<std::string*>(context)->append(reinterpret_cast<const char*>(data), length);
    return static_cast<ssize_t>(length);
}

void write_page(cups_raster_t* raster, const layout::Bitmap& bitmap) {
    HALL_CHECK(bitmap.width > 0 && bitmap.height > 0 && bitmap.dpi > 0);
    const auto hundredths_of_mm = [&](int dots) {
        return static_cast<int>(std::lround(dots * 2540.0 / bitmap.dpi));
    };
    cups_page_header2_t header = {};
    pwg_media_t* media =
        pwgMediaForSize(hundredths_of_mm(bitmap.width), hundredths_of_mm(bitmap.height));
    HALL_CHECK(media != nullptr);
    HALL_CHECK(cupsRasterInitPWGHeader(&header, media, "sgray_8", bitmap.dpi, bitmap.dpi,
                                       "one-sided", nullptr) != 0);
    header.cupsWidth = static_cast<unsigned>(bitmap.width);
    header.cupsHeight = static_cast<unsigned>(bitmap.height);
    header.cupsBytesPerLine = header.cupsWidth;
    HALL_CHECK(cupsRasterWriteHeader2(raster, &header) != 0);
    for (int row = 0; row < bitmap.height; ++row) {
        const auto start = static_cast<std::size_t>(row) * header.cupsBytesPerLine;
        // The library's signature is not const; it does not write.
        auto* line = const_cast<unsigned char*>(bitmap.dots.data() + start);
        HALL_CHECK(cupsRasterWritePixels(raster, line, header.cupsBytesPerLine) ==
                   header.cupsBytesPerLine);
    }
}

}  // namespace

std::string pwg_raster(const std::vector<layout::Bitmap>& bitmaps) {
    HALL_CHECK(!bitmaps.empty());
    std::string result;
    cups_raster_t* raster = cupsRasterOpenIO(append, &result, CUPS_RASTER_WRITE_PWG);
    HALL_CHECK(raster != nullptr);
    for (const layout::Bitmap& bitmap : bitmaps) write_page(raster, bitmap);
    cupsRasterClose(raster);
    return result;
}

std::string pwg_raster(const layout::Bitmap& bitmap) {
    return pwg_raster(std::vector<layout::Bitmap>{bitmap});
}

}  // namespace hall::printers::spooler
