// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/tray/temperature_page.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <chrono>

#include "gui/model/text.h"

namespace kevent::gui {
namespace {

// Whatever changes within it is drawn once.
constexpr std::chrono::milliseconds kRedrawTime{250};

}  // namespace

TemperaturePage::TemperaturePage(const Temperatures& temperatures, QWidget* parent)
    : QWidget(parent),
      temperatures_(temperatures),
      pages_(new QStackedWidget),
      zones_(new QComboBox),
      plot_(new TemperaturePlot),
      view_(new QChartView(plot_)),
      words_(new QLabel) {
  auto* none =
      new QLabel(tr("No temperatures. The kernel knows no thermal zone on this machine, "
                    "or the service is not there yet."));
  none->setAlignment(Qt::AlignCenter);
  none->setWordWrap(true);
  pages_->addWidget(none);
  pages_->addWidget(make_plot());
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(pages_);
  redraw_.setSingleShot(true);
  connect(&redraw_, &QTimer::timeout, this, &TemperaturePage::draw);
  connect(zones_, &QComboBox::currentIndexChanged, this, &TemperaturePage::draw);
  connect(&temperatures, &Temperatures::changed, this, &TemperaturePage::draw_soon);
}

QWidget* TemperaturePage::make_plot() {
  constexpr int kLeastLetters = 24;
  auto* label = new QLabel(tr("&Zone:"));
  label->setBuddy(zones_);
  zones_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  zones_->setMinimumContentsLength(kLeastLetters);
  view_->setRenderHint(QPainter::Antialiasing);
  view_->setFrameShape(QFrame::StyledPanel);
  view_->setAccessibleName(tr("Temperatures over time"));
  words_->setTextFormat(Qt::PlainText);
  words_->setWordWrap(true);
  auto* row = new QHBoxLayout;
  row->addWidget(label);
  row->addWidget(zones_);
  row->addStretch();
  auto* page = new QWidget;
  auto* layout = new QVBoxLayout(page);
  layout->setContentsMargins({});
  layout->addLayout(row);
  layout->addWidget(view_, 1);
  layout->addWidget(words_);
  return page;
}

void TemperaturePage::set_fahrenheit(bool fahrenheit) {
  fahrenheit_ = fahrenheit;
  draw_soon();
}

void TemperaturePage::focus_zones() {
  zones_->setFocus(Qt::ShortcutFocusReason);
}

void TemperaturePage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  draw();
  Q_EMIT watched(true);
}

void TemperaturePage::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  Q_EMIT watched(false);
}

void TemperaturePage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) draw_soon();
}

void TemperaturePage::draw_soon() {
  if (isVisible() && !redraw_.isActive()) redraw_.start(kRedrawTime);
}

void TemperaturePage::draw() {
  if (!isVisible()) return;
  list_zones();
  pages_->setCurrentIndex(temperatures_.zones().empty() ? 0 : 1);
  plot_->draw(chosen_zones(), fahrenheit_, palette());
  words_->setText(in_words());
  view_->setAccessibleDescription(words_->text());
}

void TemperaturePage::list_zones() {
  std::vector<std::string> objects;
  for (const Zone& zone : temperatures_.zones()) objects.push_back(zone.object);
  if (objects == listed_) return;
  const int chosen = zones_->currentIndex();
  const std::string before = chosen > 0 ? listed_[static_cast<std::size_t>(chosen) - 1] : "";
  listed_ = std::move(objects);
  const QSignalBlocker quiet(zones_);
  zones_->clear();
  zones_->addItem(tr("All zones"));
  for (const Zone& zone : temperatures_.zones()) zones_->addItem(zone.name);
  const auto found = std::ranges::find(listed_, before);
  zones_->setCurrentIndex(found == listed_.end() ? 0
                                                 : static_cast<int>(found - listed_.begin()) + 1);
}

std::vector<const Zone*> TemperaturePage::chosen_zones() const {
  std::vector<const Zone*> zones;
  const int chosen = zones_->currentIndex();
  for (const Zone& zone : temperatures_.zones()) {
    const bool is_chosen =
        chosen <= 0 || zone.object == listed_[static_cast<std::size_t>(chosen) - 1];
    if (is_chosen) zones.push_back(&zone);
  }
  return zones;
}

// The hottest of those that are drawn: now, and the range of the hour.
QString TemperaturePage::in_words() const {
  std::vector<const Zone*> zones = chosen_zones();
  std::erase_if(zones, [](const Zone* zone) { return zone->readings.empty(); });
  if (zones.empty()) return tr("Nothing was read yet.");
  const auto now = [](const Zone* zone) { return zone->readings.back().millidegrees; };
  const Zone& hottest = **std::ranges::max_element(zones, {}, now);
  const auto [least, greatest] =
      std::ranges::minmax_element(hottest.readings, {}, &Reading::millidegrees);
  return tr("%1: %2 now, %3 to %4 in this hour")
      .arg(hottest.name, temperature_text(now(&hottest), fahrenheit_),
           temperature_text(least->millidegrees, fahrenheit_),
           temperature_text(greatest->millidegrees, fahrenheit_));
}

}  // namespace kevent::gui
