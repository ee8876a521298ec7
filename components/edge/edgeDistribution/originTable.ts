import { type ArgumentTable } from "../../shared/argumentTable";
import { arnOf, input, required } from "../../shared/argumentRules";
import { ORIGIN_HEADERS, ORIGIN_NAME } from "../distribution/originTable";
import { type DynamicOrigin } from "./args";

/** The rules of the application behind the distribution. */
export const DYNAMIC_ORIGIN: ArgumentTable<DynamicOrigin> = {
    domainName: required(ORIGIN_NAME),
    loadBalancerArn: input(arnOf("elasticloadbalancing", "a balancer")),
    headers: ORIGIN_HEADERS,
};
