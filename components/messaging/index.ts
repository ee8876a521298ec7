// What other domains and the stacks use of this one; what is not here is its own business.
export { CustomerMessaging, DmarcPolicy } from "./customerMessaging/customerMessaging";
