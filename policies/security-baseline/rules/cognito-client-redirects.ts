import { resourceRule, texts } from "../../framework";
import { judge } from "../shared/judging";

const LISTS = ["callbackUrls", "logoutUrls"] as const;

/** Where a URL without TLS stays on the machine. */
const LOCAL = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?=[:/?]|$)/;

export const rule = resourceRule({
    id: "cognito-client-redirects",
    severity: "high",
    description: "Codes and users are sent to addresses with TLS alone.",
    fix: "Give https:// URLs in callbackUrls and logoutUrls; http://localhost is for development.",
    frameworks: { controls: [] },
    types: ["aws:cognito/userPoolClient:UserPoolClient"],
    check: ({ props }, report) => {
        judge(
            ...LISTS.map((property) => () => {
                const open = texts(props[property]).filter(
                    (url) => url.startsWith("http://") && !LOCAL.test(url),
                );
                if (open.length > 0) {
                    report(`sends users without TLS: ${property} has ${open.join(", ")}.`);
                }
            }),
        );
    },
});
