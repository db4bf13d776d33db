/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A thermal zone, a mains adapter and a battery. Their readings are words of memory at 0x3f000000, which
   the kernel leaves alone (memmap=64K$0x3f000000) and root writes by /dev/mem. The zone is polled once a
   second. Temperatures are in tenths of a kelvin: passive at 60 degrees, hot at 90, critical at 120. */
DefinitionBlock ("", "SSDT", 2, "KEVENT", "SCENE", 1)
{
  External (\_SB.CPUS.C000, DeviceObj)
  External (\_SB.CPUS.C001, DeviceObj)
  Scope (\_SB)
  {
    OperationRegion (WRDS, SystemMemory, 0x3F000000, 0x100)
    Field (WRDS, DWordAcc, NoLock, Preserve)
    {
      TEMP, 32, /* 0: 300 K */
      NOAC, 32, /* 1: on battery */
      BSTA, 32, /* state of the battery: 1 is discharging */
      BREM, 32, /* what remains in it, mAh; 0: 4000 */
      NTFY, 32  /* mains and battery have changed: the next poll of the zone notifies */
    }
    Device (AC)
    {
      Name (_HID, "ACPI0003")
      Method (_STA) { Return (0x0F) }
      Method (_PSR) { If (NOAC) { Return (0) } Return (1) }
    }
    Device (BAT0)
    {
      Name (_HID, EisaId ("PNP0C0A"))
      Name (_UID, 1)
      Name (_BIF, Package () { 1, 5000, 4800, 1, 12000, 500, 200, 10, 10, "MODEL", "1", "LION", "MAKER" })
      Name (STAT, Package () { 0, 1000, 4000, 12000 })
      Method (_STA) { Return (0x1F) }
      Method (_BST)
      {
        STAT [0] = BSTA
        STAT [2] = 4000
        If (BREM) { STAT [2] = BREM }
        Return (STAT)
      }
    }
    ThermalZone (TZ0)
    {
      Name (_TZP, 10)
      Name (_PSL, Package () { \_SB.CPUS.C000, \_SB.CPUS.C001 })
      Name (_TC1, 1)
      Name (_TC2, 1)
      Name (_TSP, 10)
      Method (_PSV) { Return (3332) }
      Method (_HOT) { Return (3632) }
      Method (_CRT) { Return (3932) }
      Method (_TMP)
      {
        If (NTFY) { NTFY = 0 Notify (\_SB.AC, 0x80) Notify (\_SB.BAT0, 0x80) }
        If (TEMP) { Return (TEMP) }
        Return (3000)
      }
    }
  }
}
