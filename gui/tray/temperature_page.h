// SPDX-License-Identifier: LGPL-2.1-or-later
// The temperatures: a choice of zones, the plot, and the same in words. Nothing is drawn while
// nobody looks.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QStackedWidget>
#include <QTimer>
#include <QWidget>
#include <QtCharts/QChartView>
#include <string>
#include <vector>

#include "gui/model/temperatures.h"
#include "gui/tray/temperature_plot.h"

namespace kevent::gui {

class TemperaturePage : public QWidget {
  Q_OBJECT

 public:
  // `temperatures` outlives the page.
  explicit TemperaturePage(const Temperatures& temperatures, QWidget* parent = nullptr);

  void set_fahrenheit(bool fahrenheit);
  void focus_zones();

 Q_SIGNALS:
  // Whether somebody looks.
  void watched(bool watched);

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  QWidget* make_plot();
  void draw_soon();
  void draw();
  void list_zones();
  std::vector<const Zone*> chosen_zones() const;
  QString in_words() const;

  const Temperatures& temperatures_;
  QTimer redraw_;
  bool fahrenheit_ = false;
  std::vector<std::string> listed_;  // kernel paths of the zones in the box
  QStackedWidget* pages_;
  QComboBox* zones_;
  TemperaturePlot* plot_;
  QChartView* view_;
  QLabel* words_;
};

}  // namespace kevent::gui
