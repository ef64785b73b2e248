/** The words of the public page and of the modules it shows. */
import assessments from '../../domain/assessments/zh.yaml?public';
import notices from '../../domain/notices/zh.yaml?public';
import providers from '../../domain/providers/zh.yaml?public';
import light from '../light/zh.yaml';
import figures from '../ui/figures/zh.yaml';
import site from './zh.yaml';

export default { light, figures, site, notices, providers, assessments };
