import { flag, object, type Props, resourceRule, text } from "../../framework";
import { eachObject } from "../../framework/items";
import { judge } from "../shared/judging";

export const rule = resourceRule({
    id: "codebuild-source",
    severity: "high",
    description: "Builds fetch their source over TLS that they verify, and with no password in its address.",
    fix: "Use a CodeConnections connection in source.auth, an address with https:// and without a user, and leave insecureSsl out.",
    frameworks: { controls: [], securityHub: ["CodeBuild.1"] },
    types: ["aws:codebuild/project:Project"],
    check: ({ props }, report) => {
        const check = (what: string, source: Props): void => {
            judge(
                () => {
                    if (flag(source.insecureSsl) === true) {
                        report(`takes any certificate for the source's: insecureSsl of ${what} is true.`);
                    }
                },
                () => {
                    const location = text(source.location) ?? "";
                    if (/^http:/i.test(location)) {
                        report(`fetches its source in plain: location of ${what} is no https.`);
                    }
                    if (/^[a-z+]+:\/\/[^/\s:@]+:[^/\s@]+@/i.test(location)) {
                        report(`has a password in the address of its source: location of ${what}.`);
                    }
                },
            );
        };
        judge(
            () => {
                check("source", object(props.source));
            },
            () => {
                eachObject(props.secondarySources, (source, index) => {
                    check(`secondarySources[${index}]`, source);
                });
            },
        );
    },
});
