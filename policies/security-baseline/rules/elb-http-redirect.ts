import { list, object, resourceRule, text } from "../../framework";
import { eachKnown } from "../../framework/items";
import { LISTENER_TYPES, listenerProtocol } from "../shared/balancers";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "elb-http-redirect",
    severity: "high",
    description: "HTTP listeners of load balancers do nothing but redirect to HTTPS.",
    fix: 'Give the listener one default action, of type "redirect" to protocol "HTTPS", or delete it.',
    frameworks: { controls: ["13"], securityHub: ["ELB.1"], checkov: ["CKV_AWS_2", "CKV2_AWS_20"] },
    types: LISTENER_TYPES,
    check: ({ props }, report) => {
        if (listenerProtocol(props) !== "HTTP") {
            return;
        }
        eachKnown(list(props.defaultActions), (item, index) => {
            const action = object(item);
            const type = text(action.type);
            if (type !== "redirect") {
                report(`answers HTTP with an action of type ${shown(type)} (defaultActions[${index}]).`);
                return;
            }
            const redirect = object(action.redirect);
            // Left out, AWS keeps the protocol of the request.
            const protocol = text(redirect.protocol);
            if (protocol !== "HTTPS") {
                report(`redirects HTTP to protocol ${shown(protocol)} (defaultActions[${index}]).`);
            }
        });
    },
});
