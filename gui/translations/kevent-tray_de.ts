<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>HeatNotices</name>
    <message>
        <source>%1 overheats again and again</source>
        <translation>%1 überhitzt immer wieder</translation>
    </message>
    <message>
        <source>%1 is overheating</source>
        <translation>%1 überhitzt</translation>
    </message>
    <message>
        <source>%1 is back to normal</source>
        <translation>%1 ist wieder normal</translation>
    </message>
    <message>
        <source>It slows down to cool.</source>
        <translation>Zum Abkühlen läuft es langsamer.</translation>
    </message>
    <message>
        <source>Trip: %1.</source>
        <translation>Schwelle: %1.</translation>
    </message>
    <message>
        <source>Up to %1.</source>
        <translation>Bis zu %1.</translation>
    </message>
    <message>
        <source>Up to %1. Trip: %2.</source>
        <translation>Bis zu %1. Schwelle: %2.</translation>
    </message>
    <message>
        <source>%1, above the passive trip: it is slowed down to cool.</source>
        <translation>%1, über der passiven Schwelle: Zum Abkühlen wird gebremst.</translation>
    </message>
    <message>
        <source>%1, above the hot trip.</source>
        <translation>%1, über der heißen Schwelle.</translation>
    </message>
    <message>
        <source>%1, above the critical trip: the machine may switch itself off.</source>
        <translation>%1, über der kritischen Schwelle: Der Rechner schaltet sich womöglich ab.</translation>
    </message>
    <message>
        <source>%1, above the trip: %2.</source>
        <translation>%1, über der Schwelle: %2.</translation>
    </message>
</context>
<context>
    <name>MountNotices</name>
    <message>
        <source>%1 is mounted</source>
        <translation>%1 ist eingehängt</translation>
    </message>
    <message>
        <source>%1 was mounted</source>
        <translation>%1 wurde eingehängt</translation>
    </message>
    <message>
        <source>%1 (%2) on %3</source>
        <translation>%1 (%2) in %3</translation>
    </message>
    <message>
        <source>%1 is not mounted any more</source>
        <translation>%1 ist nicht mehr eingehängt</translation>
    </message>
    <message>
        <source>%1 was unmounted</source>
        <translation>%1 wurde ausgehängt</translation>
    </message>
    <message>
        <source>It is still mounted elsewhere.</source>
        <translation>Es ist anderswo noch eingehängt.</translation>
    </message>
    <message>
        <source>%1 is not on %2 any more.</source>
        <translation>%1 ist nicht mehr in %2.</translation>
    </message>
    <message>
        <source>All is written.</source>
        <translation>Alles ist geschrieben.</translation>
    </message>
    <message>
        <source>All is written, but other filesystems of the drive are in use.</source>
        <translation>Alles ist geschrieben, aber andere Dateisysteme des Laufwerks werden noch benutzt.</translation>
    </message>
    <message>
        <source>%1 may be removed now</source>
        <translation>%1 darf jetzt entfernt werden</translation>
    </message>
    <message>
        <source>All is written, and the device was let go.</source>
        <translation>Alles ist geschrieben, und das Gerät ist freigegeben.</translation>
    </message>
    <message>
        <source>%1 is gone and was not unmounted</source>
        <translation>%1 ist nicht mehr da und wurde nicht ausgehängt</translation>
    </message>
    <message>
        <source>%1 was removed while it was mounted</source>
        <translation>%1 wurde entfernt, während es eingehängt war</translation>
    </message>
    <message>
        <source>Data not yet written to it is lost. Check the files that were changed last.</source>
        <translation>Noch nicht geschriebene Daten sind verloren. Prüfen Sie die zuletzt geänderten Dateien.</translation>
    </message>
    <message>
        <source>It was read-only, so no data is lost.</source>
        <translation>Es war schreibgeschützt, daher sind keine Daten verloren.</translation>
    </message>
    <message>
        <source>It was mounted on %1.</source>
        <translation>Es war auf %1 eingehängt.</translation>
    </message>
    <message>
        <source>It was mounted on %1 and %2.</source>
        <translation>Es war auf %1 und %2 eingehängt.</translation>
    </message>
    <message numerus="yes">
        <source>It was mounted on %1 and in %n other place(s).</source>
        <translation>
            <numerusform>Es war auf %1 und an %n weiteren Ort eingehängt.</numerusform>
            <numerusform>Es war auf %1 und an %n weiteren Orten eingehängt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NoticePacing</name>
    <message>
        <source>Overheating: %1</source>
        <translation>Überhitzt: %1</translation>
    </message>
    <message>
        <source>Mounted and unmounted: %1</source>
        <translation>Ein- und ausgehängt: %1</translation>
    </message>
    <message>
        <source>Media: %1</source>
        <translation>Medien: %1</translation>
    </message>
    <message>
        <source>Errors: %1</source>
        <translation>Fehler: %1</translation>
    </message>
    <message>
        <source>Losses of events: %1</source>
        <translation>Verluste von Ereignissen: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n more event(s) in a short time</source>
        <translation>
            <numerusform>Noch %n Ereignis in kurzer Zeit</numerusform>
            <numerusform>Noch %n Ereignisse in kurzer Zeit</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>%1 may be removed now</source>
        <translation>%1 darf jetzt entfernt werden</translation>
    </message>
    <message>
        <source>All of it was unmounted and let go.</source>
        <translation>Alles davon wurde ausgehängt und freigegeben.</translation>
    </message>
    <message>
        <source>%1 could not be ejected</source>
        <translation>%1 konnte nicht ausgeworfen werden</translation>
    </message>
    <message>
        <source>%1 could not be mounted</source>
        <translation>%1 konnte nicht eingehängt werden</translation>
    </message>
    <message>
        <source>Events were lost</source>
        <translation>Ereignisse gingen verloren</translation>
    </message>
    <message numerus="yes">
        <source>At least %n event(s) of several sources are missing.</source>
        <translation>
            <numerusform>Mindestens %n Ereignis mehrerer Quellen fehlt.</numerusform>
            <numerusform>Mindestens %n Ereignisse mehrerer Quellen fehlen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) of several sources are missing.</source>
        <translation>
            <numerusform>%n Ereignis mehrerer Quellen fehlt.</numerusform>
            <numerusform>%n Ereignisse mehrerer Quellen fehlen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) were overwritten in the log before they were read.</source>
        <translation>
            <numerusform>%n Ereignis wurde im Protokoll überschrieben, bevor es gelesen wurde.</numerusform>
            <numerusform>%n Ereignisse wurden im Protokoll überschrieben, bevor sie gelesen wurden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody knows how many of the source %1 are missing.</source>
        <translation>Niemand weiß, wie viele der Quelle %1 fehlen.</translation>
    </message>
    <message numerus="yes">
        <source>At least %n event(s) of the source %1 are missing.</source>
        <translation>
            <numerusform>Mindestens %n Ereignis der Quelle %1 fehlt.</numerusform>
            <numerusform>Mindestens %n Ereignisse der Quelle %1 fehlen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) of the source %1 are missing.</source>
        <translation>
            <numerusform>%n Ereignis der Quelle %1 fehlt.</numerusform>
            <numerusform>%n Ereignisse der Quelle %1 fehlen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Error of %1</source>
        <translation>Fehler von %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>A program says of %1: %2</source>
        <translation>Ein Programm sagt über %1: %2</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>The service of the kernel&apos;s events is away</source>
        <translation>Der Dienst für Kernel-Ereignisse ist nicht da</translation>
    </message>
    <message>
        <source>The service of the kernel&apos;s events is away: %1</source>
        <translation>Der Dienst für Kernel-Ereignisse ist nicht da: %1</translation>
    </message>
    <message>
        <source>Hottest: %1, %2</source>
        <translation>Am heißesten: %1, %2</translation>
    </message>
    <message>
        <source>Events were lost</source>
        <translation>Ereignisse gingen verloren</translation>
    </message>
    <message>
        <source>There is something new</source>
        <translation>Es gibt Neues</translation>
    </message>
    <message>
        <source>The kernel is quiet</source>
        <translation>Der Kernel ist ruhig</translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) overheating</source>
        <translation>
            <numerusform>%n Objekt überhitzt</numerusform>
            <numerusform>%n Objekte überhitzen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is overheating</source>
        <translation>%1 überhitzt</translation>
    </message>
</context>
<context>
    <name>StorageNotices</name>
    <message>
        <source>%1 has no medium</source>
        <translation>%1 hat kein Medium</translation>
    </message>
    <message>
        <source>The medium was removed from %1</source>
        <translation>Das Medium wurde aus %1 entfernt</translation>
    </message>
    <message>
        <source>%1 has another medium</source>
        <translation>%1 hat ein anderes Medium</translation>
    </message>
    <message>
        <source>New medium in %1</source>
        <translation>Neues Medium in %1</translation>
    </message>
    <message>
        <source>%1 wants to be ejected</source>
        <translation>%1 möchte ausgeworfen werden</translation>
    </message>
    <message>
        <source>Its eject button was pressed.</source>
        <translation>Die Auswurftaste wurde gedrückt.</translation>
    </message>
    <message>
        <source>I/O errors on %1</source>
        <translation>E/A-Fehler auf %1</translation>
    </message>
    <message>
        <source>I/O error on %1</source>
        <translation>E/A-Fehler auf %1</translation>
    </message>
    <message>
        <source>Requests fail again and again.</source>
        <translation>Zugriffe schlagen immer wieder fehl.</translation>
    </message>
    <message>
        <source>%1 of sector %2 failed: %3.</source>
        <translation>%1 auf Sektor %2 fehlgeschlagen: %3.</translation>
    </message>
    <message>
        <source>A request failed.</source>
        <translation>Ein Zugriff ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>A request failed: %1.</source>
        <translation>Ein Zugriff ist fehlgeschlagen: %1.</translation>
    </message>
    <message>
        <source>%1 is degraded</source>
        <translation>%1 läuft nur noch eingeschränkt</translation>
    </message>
    <message>
        <source>The array has lost a device. One more may lose data.</source>
        <translation>Der Verbund hat ein Gerät verloren. Mit einem weiteren können Daten verloren gehen.</translation>
    </message>
    <message>
        <source>%1 is being synchronized</source>
        <translation>%1 wird abgeglichen</translation>
    </message>
    <message>
        <source>%1 is synchronized</source>
        <translation>%1 ist abgeglichen</translation>
    </message>
    <message>
        <source>Synchronizing %1 was given up</source>
        <translation>Der Abgleich von %1 wurde aufgegeben</translation>
    </message>
</context>
<context>
    <name>Text</name>
    <message>
        <source>%1: filesystem in use</source>
        <translation>%1: Dateisystem in Gebrauch</translation>
    </message>
    <message>
        <source>%1: filesystem let go</source>
        <translation>%1: Dateisystem freigegeben</translation>
    </message>
    <message>
        <source>%1 mounted on %2</source>
        <translation>%1 in %2 eingehängt</translation>
    </message>
    <message>
        <source>%1 unmounted from %2</source>
        <translation>%1 aus %2 ausgehängt</translation>
    </message>
    <message>
        <source>%1 on %2 has other options</source>
        <translation>%1 in %2 hat andere Optionen</translation>
    </message>
    <message>
        <source>%1 moved from %2 to %3</source>
        <translation>%1 von %2 nach %3 verschoben</translation>
    </message>
    <message>
        <source>%1: no medium</source>
        <translation>%1: kein Medium</translation>
    </message>
    <message>
        <source>%1: a medium of %2</source>
        <translation>%1: ein Medium mit %2</translation>
    </message>
    <message>
        <source>%1 wants to be ejected</source>
        <translation>%1 möchte ausgeworfen werden</translation>
    </message>
    <message>
        <source>%1 has %2 now</source>
        <translation>%1 hat jetzt %2</translation>
    </message>
    <message>
        <source>%1 is read-only</source>
        <translation>%1 ist schreibgeschützt</translation>
    </message>
    <message>
        <source>%1 may be written</source>
        <translation>%1 ist beschreibbar</translation>
    </message>
    <message>
        <source>%1: I/O error</source>
        <translation>%1: E/A-Fehler</translation>
    </message>
    <message>
        <source>%1: I/O error, %2</source>
        <translation>%1: E/A-Fehler, %2</translation>
    </message>
    <message>
        <source>%1 is degraded</source>
        <translation>%1 läuft nur noch eingeschränkt</translation>
    </message>
    <message>
        <source>%1 is being synchronized</source>
        <translation>%1 wird abgeglichen</translation>
    </message>
    <message>
        <source>%1 is synchronized</source>
        <translation>%1 ist abgeglichen</translation>
    </message>
    <message>
        <source>%1: synchronizing was given up</source>
        <translation>%1: Abgleich aufgegeben</translation>
    </message>
    <message>
        <source>%1 is overheating</source>
        <translation>%1 überhitzt</translation>
    </message>
    <message>
        <source>%1 is overheating: %2</source>
        <translation>%1 überhitzt: %2</translation>
    </message>
    <message>
        <source>%1 is back to normal</source>
        <translation>%1 ist wieder normal</translation>
    </message>
    <message>
        <source>%1 is back to normal: %2</source>
        <translation>%1 ist wieder normal: %2</translation>
    </message>
    <message>
        <source>%1 was added</source>
        <translation>%1 kam hinzu</translation>
    </message>
    <message>
        <source>%1 was removed</source>
        <translation>%1 wurde entfernt</translation>
    </message>
    <message>
        <source>%1 has changed</source>
        <translation>%1 hat sich geändert</translation>
    </message>
    <message>
        <source>%1 has a new name</source>
        <translation>%1 hat einen neuen Namen</translation>
    </message>
    <message>
        <source>%1 went online</source>
        <translation>%1 ist jetzt online</translation>
    </message>
    <message>
        <source>%1 went offline</source>
        <translation>%1 ist jetzt offline</translation>
    </message>
    <message>
        <source>%1 has a driver</source>
        <translation>%1 hat einen Treiber</translation>
    </message>
    <message>
        <source>%1 has no driver any more</source>
        <translation>%1 hat keinen Treiber mehr</translation>
    </message>
    <message>
        <source>Events of the source %1 were lost</source>
        <translation>Ereignisse der Quelle %1 gingen verloren</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) of the source %1 were lost</source>
        <translation>
            <numerusform>%n Ereignis der Quelle %1 ging verloren</numerusform>
            <numerusform>%n Ereignisse der Quelle %1 gingen verloren</numerusform>
        </translation>
    </message>
    <message>
        <source>Processor %1</source>
        <translation>Prozessor %1</translation>
    </message>
    <message>
        <source>%1 °C</source>
        <translation>%1 °C</translation>
    </message>
    <message>
        <source>%1 °F</source>
        <translation>%1 °F</translation>
    </message>
    <message>
        <source>%1: %2, says a program</source>
        <translation>%1: %2, sagt ein Programm</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 was removed while it was mounted</source>
        <translation>%1 wurde entfernt, während es eingehängt war</translation>
    </message>
    <message>
        <source>%1 was removed while mounted on %2</source>
        <translation>%1 wurde entfernt, während es auf %2 eingehängt war</translation>
    </message>
    <message>
        <source>%1: the medium was changed</source>
        <translation>%1: Das Medium wurde gewechselt</translation>
    </message>
</context>
<context>
    <name>kevent::gui::Applet</name>
    <message>
        <source>%1 is mounted on %2.</source>
        <translation>%1 ist in %2 eingehängt.</translation>
    </message>
    <message>
        <source>%1 is unmounted.</source>
        <translation>%1 ist ausgehängt.</translation>
    </message>
</context>
<context>
    <name>kevent::gui::Disks</name>
    <message>
        <source>The system runs from the drive of %1.</source>
        <translation>Das System läuft vom Laufwerk von %1.</translation>
    </message>
    <message>
        <source>%1 is mounted again and again by another program.</source>
        <translation>%1 wird immer wieder von einem anderen Programm eingehängt.</translation>
    </message>
    <message>
        <source>%1 is no longer there.</source>
        <translation>%1 ist nicht mehr da.</translation>
    </message>
    <message>
        <source>%1 is encrypted, and has to be unlocked first.</source>
        <translation>%1 ist verschlüsselt und muss zuerst entsperrt werden.</translation>
    </message>
    <message>
        <source>%1 holds no filesystem that can be mounted.</source>
        <translation>%1 enthält kein Dateisystem, das eingehängt werden kann.</translation>
    </message>
</context>
<context>
    <name>kevent::gui::EventsModel</name>
    <message numerus="yes">
        <source>%n events were no longer in the log</source>
        <translation>
            <numerusform>%n Ereignis war nicht mehr im Protokoll</numerusform>
            <numerusform>%n Ereignisse waren nicht mehr im Protokoll</numerusform>
        </translation>
    </message>
    <message>
        <source>The log was replaced: events may be missing, and numbers start again</source>
        <translation>Das Protokoll wurde ersetzt: Ereignisse können fehlen, und die Nummern beginnen von vorn</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Signal</source>
        <translation>Signal</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorität</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
</context>
<context>
    <name>kevent::gui::EventsPage</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>%1 and worse</source>
        <translation>%1 und schlimmer</translation>
    </message>
    <message>
        <source>Choose an event to see all that it says.</source>
        <translation>Wählen Sie ein Ereignis, um alles zu sehen, was es sagt.</translation>
    </message>
    <message>
        <source>Details of the event</source>
        <translation>Einzelheiten des Ereignisses</translation>
    </message>
    <message>
        <source>Object, signal, text</source>
        <translation>Objekt, Signal, Text</translation>
    </message>
    <message>
        <source>Only this kernel object and those below it</source>
        <translation>Nur dieses Kernel-Objekt und die darunter</translation>
    </message>
    <message>
        <source>Se&amp;arch:</source>
        <translation>&amp;Suche:</translation>
    </message>
    <message>
        <source>&amp;Group:</source>
        <translation>&amp;Gruppe:</translation>
    </message>
    <message>
        <source>&amp;Priority:</source>
        <translation>&amp;Priorität:</translation>
    </message>
    <message>
        <source>&amp;Object:</source>
        <translation>&amp;Objekt:</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Only this object</source>
        <translation>&amp;Nur dieses Objekt</translation>
    </message>
    <message>
        <source>&amp;Show the object</source>
        <translation>Objekt &amp;zeigen</translation>
    </message>
    <message numerus="yes">
        <source>%n events</source>
        <translation>
            <numerusform>%n Ereignis</numerusform>
            <numerusform>%n Ereignisse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n events</source>
        <translation>
            <numerusform>%1 von %n Ereignis</numerusform>
            <numerusform>%1 von %n Ereignissen</numerusform>
        </translation>
    </message>
    <message>
        <source>No events yet. What the kernel tells from now on appears here.</source>
        <translation>Noch keine Ereignisse. Was der Kernel von nun an meldet, erscheint hier.</translation>
    </message>
    <message>
        <source>No event passes the filter.</source>
        <translation>Kein Ereignis passt zum Filter.</translation>
    </message>
</context>
<context>
    <name>kevent::gui::Knowledge</name>
    <message>
        <source>keventd is not running.</source>
        <translation>keventd läuft nicht.</translation>
    </message>
    <message>
        <source>There is no connection to it: %1</source>
        <translation>Es gibt keine Verbindung zu ihm: %1</translation>
    </message>
</context>
<context>
    <name>kevent::gui::NotificationServer</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Mount</source>
        <translation>Einhängen</translation>
    </message>
    <message>
        <source>Eject</source>
        <translation>Auswerfen</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Kernel events</source>
        <translation>Kernel-Ereignisse</translation>
    </message>
</context>
<context>
    <name>kevent::gui::ObjectsModel</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Subsystem</source>
        <translation>Subsystem</translation>
    </message>
    <message>
        <source>Device node</source>
        <translation>Gerätedatei</translation>
    </message>
</context>
<context>
    <name>kevent::gui::ObjectsPage</name>
    <message>
        <source>Se&amp;arch:</source>
        <translation>&amp;Suche:</translation>
    </message>
    <message>
        <source>Name, subsystem, device node</source>
        <translation>Name, Subsystem, Gerätedatei</translation>
    </message>
    <message>
        <source>Kernel objects</source>
        <translation>Kernel-Objekte</translation>
    </message>
    <message>
        <source>No objects. The service shows them when it is there.</source>
        <translation>Keine Objekte. Der Dienst zeigt sie, sobald er da ist.</translation>
    </message>
    <message>
        <source>The selected object</source>
        <translation>Das gewählte Objekt</translation>
    </message>
    <message>
        <source>Choose an object to see what is known of it.</source>
        <translation>Wählen Sie ein Objekt, um zu sehen, was über es bekannt ist.</translation>
    </message>
    <message>
        <source>Properties of the object</source>
        <translation>Eigenschaften des Objekts</translation>
    </message>
    <message>
        <source>Its &amp;events</source>
        <translation>Seine &amp;Ereignisse</translation>
    </message>
    <message>
        <source>&amp;Mount</source>
        <translation>&amp;Einhängen</translation>
    </message>
    <message>
        <source>E&amp;ject</source>
        <translation>Aus&amp;werfen</translation>
    </message>
</context>
<context>
    <name>kevent::gui::Properties</name>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>no medium</source>
        <translation>kein Medium</translation>
    </message>
    <message>
        <source>%1 (%2 bytes)</source>
        <translation>%1 (%2 Byte)</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Uevent</source>
        <translation>Uevent</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 bei %2</translation>
    </message>
    <message>
        <source>%1, number %2</source>
        <translation>%1, Nummer %2</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Signal</source>
        <translation>Signal</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorität</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
</context>
<context>
    <name>kevent::gui::PropertiesModel</name>
    <message>
        <source>Section</source>
        <translation>Abschnitt</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>kevent::gui::SettingsDialog</name>
    <message>
        <source>Settings of Kernel Events</source>
        <translation>Einstellungen der Kernel-Ereignisse</translation>
    </message>
    <message>
        <source>Temperatures in degrees &amp;Fahrenheit</source>
        <translation>Temperaturen in Grad &amp;Fahrenheit</translation>
    </message>
    <message>
        <source>Tell me about</source>
        <translation>Melden</translation>
    </message>
    <message>
        <source>&amp;Overheating</source>
        <translation>Ü&amp;berhitzung</translation>
    </message>
    <message>
        <source>Filesystems that are &amp;mounted and unmounted</source>
        <translation>Dateisysteme, die ein- und aus&amp;gehängt werden</translation>
    </message>
    <message>
        <source>Media that are &amp;inserted and removed</source>
        <translation>Medien, die ein&amp;gelegt und entnommen werden</translation>
    </message>
    <message>
        <source>&amp;Errors of disks, arrays and filesystems</source>
        <translation>&amp;Fehler von Datenträgern, Verbünden und Dateisystemen</translation>
    </message>
    <message>
        <source>&amp;Lost events</source>
        <translation>&amp;Verlorene Ereignisse</translation>
    </message>
    <message>
        <source>&amp;Pause notices:</source>
        <translation>&amp;Meldungen anhalten:</translation>
    </message>
    <message>
        <source>Overheating is told all the same</source>
        <translation>Überhitzung wird trotzdem gemeldet</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>For an hour</source>
        <translation>Für eine Stunde</translation>
    </message>
    <message>
        <source>Until tomorrow</source>
        <translation>Bis morgen</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>Bis %1</translation>
    </message>
</context>
<context>
    <name>kevent::gui::TemperaturePage</name>
    <message>
        <source>No temperatures. The kernel knows no thermal zone on this machine, or the service is not there yet.</source>
        <translation>Keine Temperaturen. Der Kernel kennt auf diesem Rechner keine Thermalzone, oder der Dienst ist noch nicht da.</translation>
    </message>
    <message>
        <source>&amp;Zone:</source>
        <translation>&amp;Zone:</translation>
    </message>
    <message>
        <source>Temperatures over time</source>
        <translation>Temperaturen im Zeitverlauf</translation>
    </message>
    <message>
        <source>All zones</source>
        <translation>Alle Zonen</translation>
    </message>
    <message>
        <source>Nothing was read yet.</source>
        <translation>Noch wurde nichts gelesen.</translation>
    </message>
    <message>
        <source>%1: %2 now, %3 to %4 in this hour</source>
        <translation>%1: jetzt %2, in dieser Stunde %3 bis %4</translation>
    </message>
</context>
<context>
    <name>kevent::gui::TemperaturePlot</name>
    <message>
        <source>critical trip</source>
        <translation>kritische Schwelle</translation>
    </message>
    <message>
        <source>hot trip</source>
        <translation>heiße Schwelle</translation>
    </message>
    <message>
        <source>passive trip</source>
        <translation>passive Schwelle</translation>
    </message>
    <message>
        <source>active trip</source>
        <translation>aktive Schwelle</translation>
    </message>
    <message>
        <source>Temperature in °F</source>
        <translation>Temperatur in °F</translation>
    </message>
    <message>
        <source>Temperature in °C</source>
        <translation>Temperatur in °C</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>kevent::gui::TrayIcon</name>
    <message>
        <source>Kernel events</source>
        <translation>Kernel-Ereignisse</translation>
    </message>
</context>
<context>
    <name>kevent::gui::TrayMenu</name>
    <message>
        <source>&amp;Open Kernel Events</source>
        <translation>Kernel-Ereignisse ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>No events yet</source>
        <translation>Noch keine Ereignisse</translation>
    </message>
    <message>
        <source>&amp;Tell me about</source>
        <translation>&amp;Melden</translation>
    </message>
    <message>
        <source>&amp;Overheating</source>
        <translation>Ü&amp;berhitzung</translation>
    </message>
    <message>
        <source>&amp;Mounted and unmounted</source>
        <translation>Ein- und aus&amp;gehängt</translation>
    </message>
    <message>
        <source>Media &amp;changes</source>
        <translation>Medien&amp;wechsel</translation>
    </message>
    <message>
        <source>&amp;Errors</source>
        <translation>&amp;Fehler</translation>
    </message>
    <message>
        <source>&amp;Lost events</source>
        <translation>&amp;Verlorene Ereignisse</translation>
    </message>
    <message>
        <source>For an &amp;hour</source>
        <translation>Für eine &amp;Stunde</translation>
    </message>
    <message>
        <source>Until &amp;tomorrow</source>
        <translation>Bis &amp;morgen</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Paused until %1</source>
        <translation>&amp;Angehalten bis %1</translation>
    </message>
    <message>
        <source>&amp;Pause notices</source>
        <translation>Meldungen &amp;anhalten</translation>
    </message>
</context>
<context>
    <name>kevent::gui::Udisks</name>
    <message>
        <source>%1 is busy: a program still uses it.</source>
        <translation>%1 ist belegt: Ein Programm benutzt es noch.</translation>
    </message>
    <message>
        <source>You are not allowed to do this with %1.</source>
        <translation>Sie dürfen das mit %1 nicht tun.</translation>
    </message>
    <message>
        <source>%1 is no longer there.</source>
        <translation>%1 ist nicht mehr da.</translation>
    </message>
    <message>
        <source>udisks2, which mounts disks, is not running.</source>
        <translation>udisks2, das Datenträger einhängt, läuft nicht.</translation>
    </message>
    <message>
        <source>udisks2, which mounts disks, does not answer.</source>
        <translation>udisks2, das Datenträger einhängt, antwortet nicht.</translation>
    </message>
    <message>
        <source>%1: udisks2 says: %2</source>
        <translation>%1: udisks2 sagt: %2</translation>
    </message>
</context>
<context>
    <name>kevent::gui::Window</name>
    <message>
        <source>Kernel Events</source>
        <translation>Kernel-Ereignisse</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>Temperatures</source>
        <translation>Temperaturen</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Aktualisieren</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Events</source>
        <translation>&amp;Ereignisse</translation>
    </message>
    <message>
        <source>&amp;Objects</source>
        <translation>&amp;Objekte</translation>
    </message>
    <message>
        <source>&amp;Temperatures</source>
        <translation>&amp;Temperaturen</translation>
    </message>
    <message>
        <source>&amp;Find</source>
        <translation>&amp;Suchen</translation>
    </message>
    <message>
        <source>The service of kernel events is away: %1
&quot;systemctl start keventd&quot; starts it. What happened meanwhile appears here when it is back.</source>
        <translation>Der Dienst für Kernel-Ereignisse ist nicht da: %1
„systemctl start keventd“ startet ihn. Was inzwischen geschah, erscheint hier, wenn er wieder da ist.</translation>
    </message>
    <message>
        <source>Why the service is away</source>
        <translation>Warum der Dienst nicht da ist</translation>
    </message>
</context>
<context>
    <name>kevent::gui::Words</name>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>Energie</translation>
    </message>
    <message>
        <source>Filesystem</source>
        <translation>Dateisystem</translation>
    </message>
    <message>
        <source>Hotplug</source>
        <translation>Hotplug</translation>
    </message>
    <message>
        <source>Emergency</source>
        <translation>Notfall</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>Kritisch</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Information</translation>
    </message>
    <message>
        <source>Debug</source>
        <translation>Fehlersuche</translation>
    </message>
</context>
</TS>
