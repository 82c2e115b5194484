"""Every act that the audit trail may hold, in words that people read. What has no words here can't be recorded.

`is_for_lead`: whether those who lead the organization that it is about read it too, whoever did it. What advisers hold,
what somebody reports and how an application is looked at is for stewards alone. `is_for_stewards`: not of a block list,
which is its organization's own.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class Act(NamedTuple):
    """One kind of act."""

    words: Any
    is_for_lead: bool = False
    is_for_stewards: bool = True


def _shared(words: Any) -> Act:
    return Act(words, is_for_lead=True)


def _own(words: Any) -> Act:
    return Act(words, is_for_lead=True, is_for_stewards=False)


LISTINGS = {
    "propose_change": _shared(_("A change was written")),
    "correct_listing": _shared(_("A steward corrected a listing that nobody keeps here")),
    "keep_sheet": _shared(_("A sheet was uploaded and looked through")),
    "confirm_sheet": _shared(_("What a sheet would change was confirmed")),
    "note_many_addresses": _shared(_("Many addresses were typed in during one hour")),
    "drop_sheet": _shared(_("An uploaded sheet was dropped")),
    "forget_sheets": _shared(_("An uploaded sheet that nobody confirmed was forgotten")),
    "keep_draft": _shared(_("A draft of a change was kept")),
    "push_listings": _shared(_("A program pushed changes")),
    "check_websites": Act(_("Websites were looked at")),
    "mark_phone": _shared(_("A call that led nowhere was noted")),
    "clear_phone": _shared(_("What was noted of a number was taken away")),
    "take_back_change": _shared(_("A change that waited was taken back by those who asked for it")),
    "make_listing": _shared(_("A new listing was made")),
    "publish_change": _shared(_("A change was published after a call or a look")),
    "send_back_change": _shared(_("A change was sent back")),
    "redact_change": _shared(_("Words that told a protected place were erased from a change")),
    "look_at_change": Act(_("A published change was looked at")),
    "edit_record": _shared(_("Something was edited")),
    "state_facts": _shared(_("Who can come was stated")),
    "state_schedule_days": _shared(_("Days with hours of their own were stated")),
    "answer_wrong": _shared(_("What visitors said is wrong was seen to")),
    "assure_listing": _shared(_("A listing was said to be still true")),
    "assure_service": _shared(_("A listing was confirmed in a talk with its people")),
    "ask_still_true": _shared(_("Its people were asked whether all is still true")),
    "unlist_silent": _shared(_("A listing is not shown any more: nobody confirmed it")),
    "decide_conflict": _shared(_("Of two sources that differ, one was chosen")),
    "link_services": _shared(_("Two records were made one listing")),
    "suggest_twins": Act(_("Records that may be one were put before stewards")),
    "put_off_twins": Act(_("Two records that may be one were left for later")),
    "keep_apart": _shared(_("Two records were told apart")),
    "report_beds": _shared(_("Beds of today were reported")),
    "make_night_link": _shared(_("A link for the night desk was made")),
    "revoke_night_link": _shared(_("A link for the night desk was ended")),
    "tell_answer": _shared(_("A worker passed on an answer")),
    "decide_answer": _shared(_("An answer that was passed on was decided about")),
}
PLACES = {
    "protect_location": _shared(_("A place was protected")),
    "open_location": _shared(_("A place was opened")),
    "keep_protected_address": _shared(_("The street of a protected place was written")),
    "read_protected_address": _shared(_("The street of a protected place was read")),
    "confirm_tells_nothing": _shared(_("It was said that words do not tell where a protected place is")),
    "open_break_glass": _shared(_("A steward opened what only the organization sees")),
    "end_break_glass": _shared(_("What a steward had opened was closed")),
    "read_internal_notes": _shared(_("A steward read what is kept inside of its listings")),
    "remove_protected_address": _shared(_("The street of a protected place was removed")),
    "ask_to_name_community": _shared(_("It was asked that the community of a protected place be named")),
    "approve_naming_community": _shared(_("The community of a protected place may be named")),
    "withdraw_naming_community": _shared(_("The community of a protected place is not named any more")),
    "shred_owner_key": _shared(_("A key was destroyed: what it sealed can't be read any more")),
    "rewrap_owner_keys": Act(_("Keys were sealed anew")),
}
PEOPLE = {
    "name_organization": _shared(_("An organization was named that may find a listing")),
    "unname_organization": _shared(_("An organization was named no more for a listing")),
    "block_organization": _own(_("An organization was put on your block list")),
    "unblock_organization": _own(_("An organization was taken off your block list")),
    "add_member": _shared(_("Somebody became a member")),
    "change_role": _shared(_("A member was given another role")),
    "end_membership": _shared(_("A membership ended")),
    "add_organization": _shared(_("Stewards added it to the records")),
    "invite_member": _shared(_("Somebody was asked to become a member")),
    "revoke_invitation": _shared(_("An invitation was taken back")),
    "accept_invitation": _shared(_("An invitation was accepted")),
    "make_push_token": _shared(_("A token for a program was made")),
    "revoke_push_token": _shared(_("A token for a program was ended")),
    "ask_new_factor": _shared(_("A new second factor was asked for: the old one was lost")),
    "agree_new_factor": Act(_("A second steward agreed to a new second factor of a steward")),
    "take_back_new_factor": _shared(_("A new second factor that was asked for was taken back")),
    "end_lost_factor": Act(_("A lost second factor opens nothing any more")),
    "set_new_factor": Act(_("A new second factor was set in place of a lost one")),
    "send_letter_again": Act(_("A letter that was given up is sent again")),
    "letters_came_back": Act(_("Letters were said to have come back")),
    "set_letter_aside": Act(_("A letter that was given up was set aside")),
    "name_adviser": Act(_("Somebody became a survivors' adviser")),
    "thank_adviser": Act(_("Somebody is not a survivors' adviser any more")),
    "make_account": Act(_("An account was made")),
    "name_steward": Act(_("Somebody became a steward")),
    "thank_steward": Act(_("Somebody is not a steward any more")),
}
VETTING = {
    "save_vetting_application": _shared(_("A draft of an application was kept")),
    "send_vetting_application": _shared(_("An application was sent")),
    "withdraw_vetting_application": _shared(_("An application was withdrawn")),
    "open_vetting_file": Act(_("A vetting file was opened")),
    "read_vetting_application": Act(_("An application was read")),
    "check_vetting_point": Act(_("A point of the checklist was looked at")),
    "record_vetting_paper": _shared(_("A signed paper was recorded")),
    "name_sponsor": Act(_("A sponsor was named")),
    "decide_vetting": Act(_("A decision on vetting was proposed")),
    "agree_to_vetting": _shared(_("A decision on vetting was taken")),
    "take_listings_off": _shared(_("Its listings were taken off the site")),
    "put_listings_back": _shared(_("Its listings were put back on the site")),
    "end_tellings": _shared(_("What it signed about what it tells others is not shown any more")),
    "say_control_changed": _shared(_("It was said that somebody else runs the organization")),
    "say_no_objection": Act(_("An adviser had no objection")),
    "hold_approval": Act(_("An adviser held an approval")),
    "take_hold_back": Act(_("An adviser took a question back")),
    "answer_hold": Act(_("An adviser's question was answered")),
    "receive_safety_report": Act(_("“I was not safe here” came in")),
    "write_safety_report_down": Act(_("“I was not safe here” was written down")),
    "read_safety_report": Act(_("“I was not safe here” was read")),
    "judge_safety_report": Act(_("“I was not safe here” was judged")),
}
DATA = {
    "publish_edition": Act(_("A protocol was published")),
    "withdraw_editions": Act(_("A protocol was taken off")),
    "take_off_protocol": Act(_("A protocol was taken off by who may review it")),
    "add_protocol_file": Act(_("A file for protocols was added")),
    "remove_protocol_file": Act(_("A file that no protocol carries was removed")),
    "take_off_outdated": Act(_("A protocol was taken off: its review was long overdue, or a consent ended")),
    "review_edition": Act(_("A protocol was said to be reviewed")),
    "load_demo_editors": Act(_("Demo people joined the editors")),
    "load_protocols": Act(_("Starting protocols were loaded")),
    "import_hsds": Act(_("A feed was imported")),
    "import_table": Act(_("A list was imported")),
    "export_hsds": Act(_("The directory was exported")),
    "edit_publisher": Act(_("A publisher was edited")),
    "add_term": Act(_("A term was added")),
    "edit_term": Act(_("A term was edited")),
    "retire_term": Act(_("A term is not offered any more")),
    "offer_term": Act(_("A term is offered again")),
    "add_mapping": Act(_("Another's term was mapped")),
    "remove_mapping": Act(_("Another's term is not mapped any more")),
    "load_term_mapping": Act(_("Mapped terms were loaded")),
    "add_synonyms": Act(_("Words that mean the same were added")),
    "change_synonyms": Act(_("Words that mean the same were changed")),
    "remove_synonyms": Act(_("Words that mean the same were removed")),
    "load_vocabulary": Act(_("The vocabulary was loaded")),
    "load_places": Act(_("Places were loaded")),
    "load_place_names": Act(_("Names of places were loaded")),
    "load_demo": Act(_("The demonstration was loaded")),
    "load_demo_people": Act(_("People of the demonstration were given their places")),
    "make_demo_people": Act(_("People of the demonstration were made")),
    "load_bench": Act(_("Made services were loaded to measure with")),
}

ACTS: Mapping[str, Act] = MappingProxyType(LISTINGS | PLACES | PEOPLE | VETTING | DATA)


def for_leads() -> list[str]:
    """Names of the acts that an organization's leads read although somebody else did them."""
    return [name for name, act in ACTS.items() if act.is_for_lead]


def not_for_stewards() -> list[str]:
    """Names of the acts of which only the organization's own leads read."""
    return [name for name, act in ACTS.items() if not act.is_for_stewards]
