// What other domains and the stacks use of this one; what is not here is its own business.
export { HttpApi } from "./httpApi/httpApi";
export { type ApiDomainTarget, ApiTlsPolicy, RestApi } from "./restApi/restApi";
