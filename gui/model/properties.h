// SPDX-License-Identifier: LGPL-2.1-or-later
// What is known of one thing, an event or a kernel object, as rows of section, name and value. All
// of it is plain text that is safe to show.
#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "lib/event/event.h"

namespace kevent::gui {

struct Property {
  QString section;  // the interface, or what the rows are about
  QString name;
  QString value;
  bool operator==(const Property&) const = default;
};

// All that an event says, the kernel's raw uevent last.
std::vector<Property> properties_of(const event::Event& event, bool fahrenheit);

// `interfaces`: {interface: {property: value}} as of BusClient::managed_objects(); `udev`: what
// udev knows of the device.
std::vector<Property> properties_of(const nlohmann::json& interfaces,
                                    const std::map<std::string, std::string>& udev,
                                    bool fahrenheit);

class PropertiesModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kSection, kName, kValue, kColumns };

  using QAbstractTableModel::QAbstractTableModel;

  void set_properties(std::vector<Property> properties);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  std::vector<Property> properties_;
};

}  // namespace kevent::gui
