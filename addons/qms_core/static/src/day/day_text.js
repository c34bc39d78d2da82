import { deserializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";

/** Names of the sections, by what the server calls them. */
export function sectionName(key) {
    return { late: _t("Late"), today: _t("Today"), week: _t("This week"), later: _t("Later") }[key];
}

export const VERB_ICONS = {
    do: "fa-check-square-o",
    answer: "fa-reply",
    decide: "fa-gavel",
    sign: "fa-pencil",
    check: "fa-search",
    read: "fa-eye",
};

/** Return when something is due, as one says it: "3 days late", "today", "tomorrow", "Fri, 20 Nov". */
export function dueText({ days, deadline }) {
    if (days < -1) {
        return _t("%s days late", -days);
    }
    if (days === -1) {
        return _t("1 day late");
    }
    if (days < 2) {
        return days ? _t("tomorrow") : _t("today");
    }
    const date = deserializeDate(deadline);
    // A date of another year is not mistaken for one of this year.
    const year = date.year === luxon.DateTime.local().year ? {} : { year: "numeric" };
    return date.toLocaleString({ weekday: "short", day: "numeric", month: "short", ...year });
}

export function fullDate(date) {
    return deserializeDate(date).toLocaleString({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

/** Return the width of a part of a person's bar in percent of the longest bar. */
export function share(count, longest) {
    return longest ? Math.round((1000 * count) / longest) / 10 : 0;
}

/** Return what went wrong in a sentence: that of the server, where it has one. */
export function sentence(error) {
    if (!(error instanceof RPCError)) {
        console.warn(error);
        return _t("The server did not answer. Check the connection and try again.");
    }
    return error.data?.message || error.message;
}
