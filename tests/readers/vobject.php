<?php
// Prints what sabre/vobject reads in iCalendar files, as JSON, and complains of what it finds not valid:
// php vobject.php FILE...
error_reporting(E_ALL & ~E_DEPRECATED); // Debian's is older than its PHP
require "Sabre/VObject/autoload.php";

use Sabre\VObject\Property\DateTime;
use Sabre\VObject\Reader;

function text($property) {
    // This version leaves these two as they are written.
    return str_replace(["\\,", "\\;"], [",", ";"], (string) $property);
}

function point(DateTime $property) {
    $moment = $property->getDateTime();
    $isDay = $property->getDateType() === DateTime::DATE;
    return $isDay ? $moment->format("Y-m-d") : $moment->setTimezone(new DateTimeZone("UTC"))->format("Y-m-d\TH:i:s\Z");
}

$read = [];
foreach (array_slice($argv, 1) as $file) {
    $calendar = Reader::read(file_get_contents($file));
    foreach ($calendar->validate() as $problem) {
        fwrite(STDERR, "$file: {$problem['message']}\n");
    }
    $read[$file] = [];
    foreach ($calendar->select("VEVENT") as $event) {
        $texts = [(string) $event->UID, text($event->SUMMARY), text($event->DESCRIPTION)];
        $read[$file][] = [...$texts, point($event->DTSTART), point($event->DTEND), (string) $event->STATUS];
    }
}
echo json_encode($read, JSON_THROW_ON_ERROR);
