// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/tray/icons.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QSvgRenderer>
#include <algorithm>
#include <utility>

// Outside of every namespace, where the resource compiler puts what this names.
static void load_icons() {
  Q_INIT_RESOURCE(icons);
}

namespace kevent::gui {
namespace {

constexpr int kGrid = 16;  // pixels, on which the symbols are drawn

QString symbol_name(TrayState state) {
  switch (state) {
    case TrayState::kQuiet:
      return QStringLiteral("kevent-tray-quiet-symbolic");
    case TrayState::kNotice:
      return QStringLiteral("kevent-tray-notice-symbolic");
    case TrayState::kEventsLost:
      return QStringLiteral("kevent-tray-lost-symbolic");
    case TrayState::kOverheating:
      return QStringLiteral("kevent-tray-overheating-symbolic");
    case TrayState::kServiceAway:
      return QStringLiteral("kevent-tray-away-symbolic");
  }
  return {};
}

// Where to draw a symbol in `size` pixels: a whole multiple of the grid, so that its edges are
// sharp, where that fills at least two thirds.
QRect symbol_place(QSize size) {
  const int side = std::min(size.width(), size.height());
  const int whole = side / kGrid * kGrid;
  const int drawn = whole * 3 >= side * 2 ? whole : side;
  return {(size.width() - drawn) / 2, (size.height() - drawn) / 2, drawn, drawn};
}

// Draws the symbol anew for each size and colour.
class SymbolEngine : public QIconEngine {
 public:
  explicit SymbolEngine(QString name) : name_(std::move(name)) {}

  QIconEngine* clone() const override { return new SymbolEngine(name_); }

  // The name is told only where whoever draws by it will find it.
  QString iconName() override { return QIcon::hasThemeIcon(name_) ? name_ : QString(); }

  bool isNull() override { return false; }

  QList<QSize> availableSizes(QIcon::Mode /*mode*/, QIcon::State /*state*/) override {
    return {{16, 16}, {22, 22}, {24, 24}, {32, 32}, {48, 48}};
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State /*state*/) override {
    QPixmap pixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(QStringLiteral(":/icons/%1.svg").arg(name_)).render(&painter, symbol_place(size));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
    painter.fillRect(pixmap.rect(), QGuiApplication::palette().color(group, QPalette::WindowText));
    return pixmap;
  }

  void paint(QPainter* painter, const QRect& place, QIcon::Mode mode, QIcon::State state) override {
    const qreal scale = painter->device()->devicePixelRatioF();
    QPixmap drawn = pixmap(place.size() * scale, mode, state);
    drawn.setDevicePixelRatio(scale);
    painter->drawPixmap(place.topLeft(), drawn);
  }

 private:
  QString name_;
};

}  // namespace

QIcon state_icon(TrayState state) {
  load_icons();
  return QIcon(new SymbolEngine(symbol_name(state)));
}

QIcon program_icon() {
  load_icons();
  return QIcon::fromTheme(QStringLiteral("kevent-tray"),
                          QIcon(QStringLiteral(":/icons/kevent-tray.svg")));
}

}  // namespace kevent::gui
