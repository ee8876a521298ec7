import { flag, object, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";

export const rule = resourceRule({
    id: "msk-authentication",
    severity: "high",
    description: "MSK clusters ask who is calling.",
    fix: "Set clientAuthentication.sasl or tls, and unauthenticated to false.",
    frameworks: { controls: [], securityHub: ["MSK.6"] },
    types: ["aws:msk/cluster:Cluster"],
    check: ({ props }, report) => {
        const authentication = object(props.clientAuthentication);
        if (flag(authentication.unauthenticated) === true) {
            report("answers whoever reaches it: clientAuthentication.unauthenticated is true.");
        } else if (!isGiven(authentication, "sasl") && !isGiven(authentication, "tls")) {
            // AWS lets everybody in then.
            report("answers whoever reaches it: clientAuthentication names neither sasl nor tls.");
        }
    },
});
